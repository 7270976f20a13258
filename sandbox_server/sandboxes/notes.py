"""One Django project, two protocols: a view writes to the session, a consumer reads the same session."""

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST


@require_POST
def save_note(request: HttpRequest) -> JsonResponse:
    """Over HTTP: keep the request's body in the session, at most 200 characters of it."""
    request.session["note"] = request.body.decode(errors="replace")[:200]
    return JsonResponse({"saved": request.session["note"]})


class NoteConsumer(AsyncJsonWebsocketConsumer):
    """Over a WebSocket: the same session, found by the same cookie."""

    async def connect(self) -> None:
        await self.accept()
        note = await self.scope["session"].aget("note")
        await self.send_json({"your_note": note})


urlpatterns = [path("notes/", save_note)]
websocket_urlpatterns = [path("ws/notes/", NoteConsumer.as_asgi())]
