"""An echo that bears so many messages, and says when to come back. Lines to copy: each consumer can have them."""

from collections import deque
from time import monotonic

from channels.generic.websocket import AsyncWebsocketConsumer

MESSAGES = 5
SECONDS = 10


class PacedConsumer(AsyncWebsocketConsumer):
    """Behind a server that bounds nothing. What one visitor may do on all connections, no consumer can count."""

    async def connect(self) -> None:
        self.heard: deque[float] = deque(maxlen=MESSAGES)  # when the last ones came: it never grows
        await self.accept()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        now = monotonic()
        if len(self.heard) == MESSAGES and now - self.heard[0] < SECONDS:
            await self.close(code=4429, reason=f"try again in {SECONDS} s")
            return
        self.heard.append(now)
        await self.send(text_data, bytes_data)
