"""A consumer that works until it is told to stop, and hears it."""

import asyncio
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer


class WorkingConsumer(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        await self.accept()
        self.stopped = asyncio.Event()
        self.working = asyncio.create_task(self.work())

    async def work(self) -> None:
        await self.send("working")
        await self.stopped.wait()
        await self.send("stopped")

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        if text_data == "stop":
            self.stopped.set()

    async def disconnect(self, code: int) -> None:
        self.working.cancel()
