"""Whether what the server needs answers: its database, and the channel layer of the rooms.

However often it is asked, each is looked at once in a second and once at a time, and given up after a while.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any

from channels.layers import get_channel_layer
from django.db import connection

from sandbox_server.limits import READINESS_ANSWER_SECONDS, READINESS_SECONDS


@dataclass(frozen=True)
class Told:
    """How one of them does, in words that hold no secret."""

    is_good: bool
    words: str


class Readiness:
    """Asks all of them, on behalf of everybody who wants to know."""

    def __init__(self, looks: dict[str, Callable[[], Awaitable[str]]]) -> None:
        """`looks` return how it does, or raise."""
        self.looks = looks
        self.told: dict[str, Told] = {}
        self.told_at = float("-inf")
        self.asking: asyncio.Task[None] | None = None

    async def ask(self) -> dict[str, Told]:
        if self.asking is None and monotonic() - self.told_at > READINESS_SECONDS:
            self.asking = asyncio.create_task(self.look())
        if self.asking is not None:
            await asyncio.wait({self.asking})  # whoever leaves meanwhile does not end it
        return self.told

    async def look(self) -> None:
        try:
            told = await asyncio.gather(*(bounded(look) for look in self.looks.values()))
            self.told, self.told_at = dict(zip(self.looks, told, strict=True)), monotonic()
        finally:
            self.asking = None


async def bounded(look: Callable[[], Awaitable[str]]) -> Told:
    try:
        async with asyncio.timeout(READINESS_ANSWER_SECONDS):
            return Told(True, await look())
    except TimeoutError:
        return Told(False, f"no answer within {READINESS_ANSWER_SECONDS:g} s")
    except Exception as error:  # its text may hold an address or a password
        return Told(False, f"does not answer: {type(error).__name__}")


class Database:
    """Looks at the database in a thread of its own: that of all `sync_to_async` may be waiting for a visitor's query.

    One that does not come back is not asked a second time.
    """

    def __init__(self) -> None:
        self.thread = ThreadPoolExecutor(1, "readiness")
        self.looking: asyncio.Future[None] | None = None

    async def __call__(self) -> str:
        if self.looking is None:
            self.looking = asyncio.get_running_loop().run_in_executor(self.thread, read_database)
            self.looking.add_done_callback(self.looked)
        await asyncio.shield(self.looking)
        return "answers"

    def looked(self, looking: asyncio.Future[None]) -> None:
        self.looking = None
        with suppress(asyncio.CancelledError):
            looking.exception()  # nobody may be waiting for it any more


def read_database() -> None:
    """By a connection of its own: one that is kept says nothing about whether there would be another. It reads a table,
    since to a question that needs none SQLite answers without a look at its file.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_session LIMIT 1")
            cursor.fetchall()
    finally:
        connection.close()


async def look_at_layer() -> str:
    """Whether the rooms' layer brings a message back.

    With Redis away it does, in this process: the server goes on, and says so. Were it not ready then, a load balancer
    would take all processes out at once, for the sake of what only rooms miss.
    """
    layer: Any = get_channel_layer("rooms")
    channel = await layer.new_channel()
    await layer.send(channel, {"type": "readiness"})
    await layer.receive(channel)
    return "answers" if await layer.reaches_others() else "answers in this process only: Redis is away"


LOOKS: dict[str, Callable[[], Awaitable[str]]] = {"database": Database(), "channel_layer": look_at_layer}
"""What `python -m sandbox_server` needs."""
