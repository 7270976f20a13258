"""A consumer for each way to fail, from the handshake on."""

import json
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer


class NoAnswerConsumer(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        """Neither accept() nor close()."""


class RefusingConsumer(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        await self.close(code=4001)


class RaisingConsumer(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        room = self.scope["url_route"]["kwargs"]["room"]  # the route has no such name
        await self.accept(room)


class ClosingConsumer(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        await self.accept()
        await self.close(code=4401)


class SilentConsumer(AsyncWebsocketConsumer):
    async def recieve(self, text_data: str) -> None:
        await self.send(text_data)


class FallingConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        await self.send(json.loads(text_data or "")["say"])
