"""Consumers as a tutorial would write them: an echo, one that blocks the shared thread, and one of a group."""

import time
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer, WebsocketConsumer


class EchoConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(text_data=text_data, bytes_data=bytes_data)


class BlockingConsumer(WebsocketConsumer):
    """A second for each message, in the thread that all sync code shares, as a slow query would take."""

    def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        time.sleep(1)
        self.send(text_data=text_data, bytes_data=bytes_data)


class GroupConsumer(AsyncWebsocketConsumer):
    """All that anybody says goes to everybody."""

    async def connect(self) -> None:
        assert self.channel_layer is not None
        await self.channel_layer.group_add("everybody", self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        assert self.channel_layer is not None
        await self.channel_layer.group_discard("everybody", self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        assert self.channel_layer is not None
        await self.channel_layer.group_send("everybody", {"type": "everybody.told", "text": text_data})

    async def everybody_told(self, event: dict[str, Any]) -> None:
        await self.send(event["text"])
