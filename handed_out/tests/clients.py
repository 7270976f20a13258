"""A visitor of a reader's site, with a browser's Origin."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from testing.program import Program

PATIENCE_SECONDS = 30


@contextmanager
def enter(server: Program, path: str = "/ws/chat/lobby/", origin: str = "") -> Iterator[ClientConnection]:
    """A WebSocket from a page of the same site, or of another."""
    with connect(
        server.url.replace("http", "ws") + path,
        origin=Origin(origin or server.url),
        proxy=None,
        open_timeout=PATIENCE_SECONDS,
        ping_interval=None,  # a browser sends none
    ) as socket:
        yield socket
