"""The least that a chat needs: join a group, send to the group, hear it, leave it."""

# --8<-- [start:imports]
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer

# --8<-- [end:imports]
from django.urls import path

from sandbox_server.sandboxes import names  # noqa: F401  it registers <signed:…>


# --8<-- [start:consumer]
class ChatConsumer(AsyncWebsocketConsumer):
    group = ""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """As always; and whatever ends the connection, an exception too, it leaves the group."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            if self.group:
                await self.channel_layer.group_discard(self.group, self.channel_name)

    async def connect(self) -> None:
        self.group = f"chat.{self.scope['url_route']['kwargs']['room']}"
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if text_data:
            await self.channel_layer.group_send(self.group, {"type": "chat.message", "text": text_data[:500]})

    async def chat_message(self, event: dict[str, Any]) -> None:
        """Channels calls this for `"type": "chat.message"`, in every member of the group."""
        await self.send(event["text"])


# --8<-- [end:consumer]


class SandboxChatConsumer(ChatConsumer):
    """What is this site's own: its layer has another name, and only it makes up names of rooms."""

    channel_layer_alias = "rooms"


websocket_urlpatterns = [path("ws/chat/<signed:room>/", SandboxChatConsumer.as_asgi())]
