"""One Django project, two protocols: a view and a consumer read and write the same session."""

from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_http_methods

from sandbox_server.limits import NOTE_CHARACTERS


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest) -> JsonResponse:
    """Over HTTP: a GET reads the note, a POST writes it. Django's middleware saves the session."""
    if request.method == "POST":
        request.session["note"] = request.body.decode(errors="replace")[:NOTE_CHARACTERS]
        return JsonResponse({"saved": request.session["note"]})
    return JsonResponse({"your_note": request.session.get("note")})


class NoteConsumer(AsyncJsonWebsocketConsumer):
    """Over a WebSocket: the same session, found by the same cookie."""

    async def connect(self) -> None:
        await self.accept()
        self.session = self.scope["session"]
        await self.send_json({"your_note": await self.session.aget("note")})

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        """A text message is a new note."""
        if text_data is None:
            await self.send_json({"error": "send the note as text"})
            return
        await self.session.aset("note", text_data[:NOTE_CHARACTERS])
        try:
            await self.session.asave()  # nobody else does it
        except UpdateError:
            await self.send_json({"error": "this session has ended: connect again"})
        else:
            await self.send_json({"saved": text_data[:NOTE_CHARACTERS]})


class ForgetfulConsumer(NoteConsumer):
    """The same, without the save."""

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        await self.session.aset("note", str(text_data)[:NOTE_CHARACTERS])
        await self.send_json({"only_in_my_scope": await self.session.aget("note")})


urlpatterns = [path("notes/", note)]
websocket_urlpatterns = [
    path("ws/notes/", NoteConsumer.as_asgi()),
    path("ws/notes/forgetful/", ForgetfulConsumer.as_asgi()),
]
