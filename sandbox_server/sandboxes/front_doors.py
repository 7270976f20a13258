"""Four front doors, each of them what an `asgi.py` could call `application`, at a path of its own."""

import json
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, JsonResponse
from django.urls import path


def page(request: HttpRequest) -> JsonResponse:
    """What Django answers behind those doors that let HTTP in."""
    return JsonResponse({"answered_by": "a view"})


class HelloConsumer(AsyncWebsocketConsumer):
    """What answers behind those doors that let WebSockets in."""

    async def connect(self) -> None:
        await self.accept()
        await self.send("answered by a consumer")


# --8<-- [start:doors]
django_application = get_asgi_application()
websocket = URLRouter([path("", HelloConsumer.as_asgi())])

DOORS: dict[str, Any] = {
    "both": ProtocolTypeRouter({"http": django_application, "websocket": websocket}),
    "http-only": ProtocolTypeRouter({"http": django_application}),
    "websocket-only": ProtocolTypeRouter({"websocket": websocket}),
    "django-alone": django_application,
}
# --8<-- [end:doors]


def outspoken(door: Any) -> Any:
    """Over HTTP, put an exception into the response: a server answers 500 too, but tells only its log why."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        try:
            await door(scope, receive, send)
        except ValueError as error:
            body = json.dumps({type(error).__name__: str(error)}).encode()
            headers = [(b"content-type", b"application/json")]
            await send({"type": "http.response.start", "status": 500, "headers": headers})
            await send({"type": "http.response.body", "body": body})

    return application


urlpatterns = [path(f"doors/{name}/", page) for name in DOORS]
http_applications = [path(f"doors/{name}/", outspoken(door)) for name, door in DOORS.items()]
websocket_urlpatterns = [path(f"ws/doors/{name}/", door) for name, door in DOORS.items()]
