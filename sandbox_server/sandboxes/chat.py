"""The least that a chat needs: join a group, send to the group, hear it, leave it."""

from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.urls import path

from sandbox_server.sandboxes import names  # noqa: F401  it registers <signed:…>

LETTERS = 500


class ChatConsumer(AsyncWebsocketConsumer):
    channel_layer_alias = "rooms"  # if your layer is called "default", leave this line out

    async def connect(self) -> None:
        self.group = f"chat.{self.scope['url_route']['kwargs']['room']}"
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if text_data:
            await self.channel_layer.group_send(self.group, {"type": "chat.message", "text": text_data[:LETTERS]})

    async def chat_message(self, event: dict[str, Any]) -> None:
        """Channels calls this for `"type": "chat.message"`, in every member of the group."""
        await self.send(event["text"])

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.group, self.channel_name)


websocket_urlpatterns = [path("ws/chat/<signed:room>/", ChatConsumer.as_asgi())]
