"""A consumer that needs a model, as most do."""

from channels.generic.websocket import AsyncWebsocketConsumer
from django.contrib.auth.models import User


class CountUsersConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(f"{await User.objects.acount()} users")
