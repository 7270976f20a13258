"""The same echo, where a new connection is no fresh start: sockets and messages are counted for the visitor.

A visitor is a name here, since a class may sit behind one address. In a project it is the user, and for strangers the
address. It counts in this process; several processes count in Redis, with a library such as `limits`.
"""

from collections import deque
from time import monotonic
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer

from sandbox_server.sandboxes import names  # noqa: F401  it registers <signed:…>
from sandbox_server.sandboxes.attacked.paced import MESSAGES, SECONDS

SOCKETS = 2


class Visitor:
    def __init__(self) -> None:
        self.sockets: set[AsyncWebsocketConsumer] = set()
        self.heard: deque[float] = deque(maxlen=MESSAGES)

    def has_said_too_much(self) -> bool:
        return len(self.heard) == MESSAGES and monotonic() - self.heard[0] < SECONDS

    def has_gone(self) -> bool:
        return not self.sockets and (not self.heard or monotonic() - self.heard[-1] >= SECONDS)


visitors: dict[str, Visitor] = {}


class CountedConsumer(AsyncWebsocketConsumer):
    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """As always. A socket counts until it has ended, in whatever way, even if connect() raised or nobody accepted;
        and who has gone for a while is forgotten.
        """
        for name in [name for name, visitor in visitors.items() if visitor.has_gone()]:
            del visitors[name]
        self.visitor = visitors.setdefault(scope["url_route"]["kwargs"]["name"], Visitor())
        self.visitor.sockets.add(self)
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.visitor.sockets.discard(self)

    async def connect(self) -> None:
        await self.accept()  # or the client would be told 403, and not why
        if len(self.visitor.sockets) > SOCKETS:
            await self.close(code=4429, reason=f"{SOCKETS} sockets at a time")
        elif self.visitor.has_said_too_much():
            await self.close(code=4429, reason=f"try again in {SECONDS} s")

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.visitor.has_said_too_much():
            await self.close(code=4429, reason=f"try again in {SECONDS} s")
            return
        self.visitor.heard.append(monotonic())
        await self.send(text_data, bytes_data)

    async def disconnect(self, code: int) -> None:
        """The place is free at once: a client that closes one socket and opens the next must find it."""
        self.visitor.sockets.discard(self)
