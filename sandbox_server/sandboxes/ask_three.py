"""Who is there? Asked of the scope, of `get_user`, and of the place where sessions are kept."""

from typing import Any

from channels.auth import get_user
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.urls import path


class AskThreeConsumer(AsyncJsonWebsocketConsumer):
    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        session = self.scope["session"]
        await self.send_json(
            {
                "scope_user": str(self.scope["user"]),
                "get_user": str(await get_user(self.scope)),
                "session_exists": await session.aexists(session.session_key),
            }
        )


websocket_urlpatterns = [path("ws/ask-three/", AskThreeConsumer.as_asgi())]
