"""One connection does one thing at a time; what a handler starts as a task goes on beside it."""

import asyncio
from itertools import count
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.urls import path

WORK_SECONDS = 0.2
MOST_TASKS = 10


# --8<-- [start:in-turn]
class InTurnConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(f"{text_data} begins")
        await asyncio.sleep(WORK_SECONDS)
        await self.send(f"{text_data} ends")


# --8<-- [end:in-turn]


class TaskConsumer(AsyncWebsocketConsumer):
    """Keeps the tasks that its handlers start, and cancels them when the connection has ended."""

    async def connect(self) -> None:
        self.tasks: set[asyncio.Task[None]] = set()
        await self.accept()

    def start(self, coroutine: Any) -> None:
        task = asyncio.create_task(coroutine)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def disconnect(self, code: int) -> None:
        for task in self.tasks:
            task.cancel()


# --8<-- [start:at-once]
class AtOnceConsumer(TaskConsumer):
    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if len(self.tasks) < MOST_TASKS:
            self.start(self.work(text_data))
        else:
            await self.send(f"{text_data} must wait: {MOST_TASKS} tasks are running")

    async def work(self, name: str | None) -> None:
        await self.send(f"{name} begins")
        await asyncio.sleep(WORK_SECONDS)
        await self.send(f"{name} ends")


# --8<-- [end:at-once]


class DeafConsumer(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        await self.accept()
        for tick in range(3):  # usually `while True`; this loop ends, so that you see what comes after it
            await self.send(f"tick {tick}")
            await asyncio.sleep(WORK_SECONDS)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(f"heard {text_data}")


# --8<-- [start:hearing]
class HearingConsumer(TaskConsumer):
    async def connect(self) -> None:
        await super().connect()
        self.start(self.tick())

    async def tick(self) -> None:
        for tick in count():
            await self.send(f"tick {tick}")
            await asyncio.sleep(1)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(f"heard {text_data}")


# --8<-- [end:hearing]


websocket_urlpatterns = [
    path("ws/one-at-a-time/in-turn/", InTurnConsumer.as_asgi()),
    path("ws/one-at-a-time/at-once/", AtOnceConsumer.as_asgi()),
    path("ws/one-at-a-time/deaf/", DeafConsumer.as_asgi()),
    path("ws/one-at-a-time/hearing/", HearingConsumer.as_asgi()),
]
