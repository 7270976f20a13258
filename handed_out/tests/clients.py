"""A visitor of a reader's site, with a browser's Origin."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from websockets.exceptions import InvalidHandshake
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from testing.program import Program

PATIENCE_SECONDS = 120


@contextmanager
def enter(server: Program, path: str = "/ws/chat/lobby/") -> Iterator[ClientConnection]:
    """A WebSocket from a page of the same site.

    Daphne gives up a handshake that takes longer than 5 s, with a 403 or with none. That can happen on a busy machine:
    then this one comes back, as a page's client should.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    with ExitStack() as stack:
        while True:
            try:
                socket = stack.enter_context(dial(server, path, origin=server.url))
                break
            except InvalidHandshake:
                if time.monotonic() > deadline:
                    raise
        yield socket


def dial(server: Program, path: str, origin: str) -> ClientConnection:
    """A WebSocket from a page of any site."""
    return connect(
        server.url.replace("http", "ws") + path,
        origin=Origin(origin),
        proxy=None,
        open_timeout=PATIENCE_SECONDS,
        ping_interval=None,  # a browser sends none
    )
