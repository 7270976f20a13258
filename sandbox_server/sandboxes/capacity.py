"""A member that is busy, and a channel layer whose channels hold five messages."""

import asyncio
from secrets import token_hex
from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.urls import path

from sandbox_server.limits import CAPACITY_MESSAGES


class CapacityConsumer(AsyncJsonWebsocketConsumer):
    """The only member of its group: it sends numbered messages to the group, and so to itself."""

    channel_layer_alias = "small"

    async def connect(self) -> None:
        self.group = f"capacity.{token_hex(16)}"
        self.last_sent = self.last_heard = 0
        self.task: asyncio.Task[None] | None = None
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        how, _, number = (text_data or "").partition(" ")
        many = int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 0
        if how not in ("busy", "free") or not 1 <= many <= CAPACITY_MESSAGES:
            error = f"send `busy` or `free`, a space, and a number from 1 to {CAPACITY_MESSAGES}"
            await self.send_json({"error": error})
        elif self.task and not self.task.done():
            await self.send_json({"error": "wait until the messages before are sent"})
        else:
            await self.send_json({"sending": many})
            if how == "busy":
                await self.send_many(many)  # until it returns no other handler runs: nobody takes messages
            else:
                self.task = asyncio.create_task(self.send_many(many, pause=0.02))

    async def send_many(self, many: int, pause: float = 0) -> None:
        for _ in range(many):
            self.last_sent += 1
            await self.channel_layer.group_send(self.group, {"type": "numbered.message", "number": self.last_sent})
            await asyncio.sleep(pause)

    async def numbered_message(self, event: dict[str, Any]) -> None:
        """A gap in the numbers is all that a receiver can notice of what was dropped."""
        dropped = event["number"] - self.last_heard - 1
        self.last_heard = event["number"]
        await self.send_json({"number": event["number"], "dropped_before": dropped})

    async def disconnect(self, code: int) -> None:
        if self.task:
            self.task.cancel()
        await self.channel_layer.group_discard(self.group, self.channel_name)


websocket_urlpatterns = [path("ws/capacity/", CapacityConsumer.as_asgi())]
