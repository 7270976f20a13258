"""Consumers as a tutorial would write them: an echo, and one that blocks the shared thread."""

import time

from channels.generic.websocket import AsyncWebsocketConsumer, WebsocketConsumer


class EchoConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(text_data=text_data, bytes_data=bytes_data)


class BlockingConsumer(WebsocketConsumer):
    """A second for each message, in the thread that all sync code shares, as a slow query would take."""

    def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        time.sleep(1)
        self.send(text_data=text_data, bytes_data=bytes_data)
