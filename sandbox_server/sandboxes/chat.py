"""The smallest chat, as this server has it: with a layer under another name, rooms whose names nobody can guess, and so
many members of one, since each message goes to each of them.
"""

from collections import Counter
from typing import Any

from django.urls import path

from handed_out.project.chat.consumers import ChatConsumer
from sandbox_server.limits import CHAT_MEMBERS
from sandbox_server.sandboxes import names  # noqa: F401  it registers <signed:…>

members: Counter[str] = Counter()


class SandboxChatConsumer(ChatConsumer):
    channel_layer_alias = "rooms"
    is_in = False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        global members
        try:
            await super().__call__(scope, receive, send)
        finally:
            if self.is_in:
                members -= Counter([scope["url_route"]["kwargs"]["room"]])  # which forgets a room that is empty

    async def connect(self) -> None:
        room = self.scope["url_route"]["kwargs"]["room"]
        if members[room] >= CHAT_MEMBERS:
            await self.accept()
            await self.send(f"this chat is full: {CHAT_MEMBERS} are in it")
            await self.close(code=4003, reason="full: try again later")
            return
        members[room] += 1
        self.is_in = True
        await super().connect()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.is_in:
            await super().receive(text_data, bytes_data)


websocket_urlpatterns = [path("ws/chat/<signed:room>/", SandboxChatConsumer.as_asgi())]
