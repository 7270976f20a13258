"""The layers of AuthMiddlewareStack, in every order and with any of them missing."""

from itertools import permutations
from typing import Any

from channels.auth import AuthMiddleware
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.middleware import BaseMiddleware
from channels.routing import URLRouter
from channels.sessions import CookieMiddleware, SessionMiddleware
from django.urls import path

LAYERS = {"cookie": CookieMiddleware, "session": SessionMiddleware, "auth": AuthMiddleware}
ADDED = ["cookies", "session", "user"]


class ScopeConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self) -> None:
        await self.accept()
        await self.send_json({"added": [key for key in ADDED if key in self.scope]})

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        await self.send_json({"user": str(self.scope["user"])})


class FromTheServer(BaseMiddleware):
    """Takes off what this site's own stack has added, so that the layers inside begin where the server ends."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        bare = {key: value for key, value in scope.items() if key not in ADDED}
        return await super().__call__(bare, receive, send)


def stack(*names: str) -> Any:
    """The consumer inside these layers, the first name outermost."""
    application: Any = ScopeConsumer.as_asgi()
    for name in reversed(names):
        application = LAYERS[name](application)
    return FromTheServer(application)


orders = [names for count in range(4) for names in permutations(LAYERS, count)]
websocket_urlpatterns = [
    path("ws/layers/", URLRouter([path("-".join(names or ["none"]) + "/", stack(*names)) for names in orders]))
]
