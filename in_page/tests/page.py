"""A page that opens a WebSocket in the tests' own process, and keeps what it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from in_page.connection import Connection

SECONDS = 120
URL = "ws://127.0.0.1:8000/ws/"
ORIGIN = "http://127.0.0.1:8000"


class Page:
    """Keeps, in order, what its WebSocket is told."""

    def __init__(self) -> None:
        self.told: asyncio.Queue[tuple[Any, ...]] = asyncio.Queue()

    def opened(self, subprotocol: str) -> None:
        self.told.put_nowait(("opened", subprotocol))

    def message(self, data: str | bytes) -> None:
        self.told.put_nowait(("message", data))

    def closed(self, code: int, reason: str, clean: bool) -> None:
        self.told.put_nowait(("closed", code, reason, clean))

    async def next(self) -> tuple[Any, ...]:
        return await asyncio.wait_for(self.told.get(), SECONDS)


class Application:
    """An ASGI application that does as it is told, and keeps the scope, and the events that it is given."""

    def __init__(self, act: Callable[[Any, Any], Awaitable[None]]) -> None:
        """`act(receive, send)` is what it does after `websocket.connect`."""
        self.act = act
        self.scope: dict[str, Any] = {}
        self.given: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.scope = scope

        async def kept() -> Any:
            event = await receive()
            self.given.put_nowait(event)
            return event

        assert (await kept())["type"] == "websocket.connect"
        await self.act(kept, send)
        while (await kept())["type"] != "websocket.disconnect":
            pass

    async def last_given(self) -> dict[str, Any]:
        """Wait for the goodbye."""
        while (event := await asyncio.wait_for(self.given.get(), SECONDS))["type"] != "websocket.disconnect":
            pass
        return event


def connect(application: Any, url: str = URL, **options: Any) -> tuple[Connection, Page]:
    page = Page()
    return Connection(application, url, page, origin=ORIGIN, **options), page


async def accept(receive: Any, send: Any) -> None:
    await send({"type": "websocket.accept"})
