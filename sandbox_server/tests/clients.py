"""WebSocket clients for the tests of the server: from the pages' origin, past any proxy, and patient."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection
from websockets.typing import Origin

from live_docs.player.tls_tunnel import connect
from testing.program import Server
from testing.project import ORIGIN

PATIENCE_SECONDS = 120
"""How long something may take to come. Nothing is to be concluded from its taking long."""

STRANGER = ("127.0.0.2", 0)
"""Where another visitor comes from: Linux has all of 127.0.0.0/8 for itself."""


def dial(
    server: Server,
    path: str,
    headers: dict[str, str] | None = None,
    *,
    origin: str | None = ORIGIN,
    **options: Any,
) -> ClientConnection:
    """Open a WebSocket, over TLS where the server's address begins so; a path may hold letters of any script."""
    return connect(
        "ws" + server.url.removeprefix("http") + quote(path, safe="/?&=%.:+~-_"),
        origin=Origin(origin) if origin else None,
        additional_headers=headers,
        proxy=None,
        max_queue=None,
        open_timeout=PATIENCE_SECONDS,
        close_timeout=PATIENCE_SECONDS,
        **options,
    )


def hear(socket: ClientConnection) -> Any:
    """The next message, which must be JSON."""
    return json.loads(socket.recv(PATIENCE_SECONDS))


def hear_end(socket: ClientConnection) -> tuple[int, str]:
    """The code and the reason with which the server closes; no message may come before."""
    with pytest.raises(ConnectionClosed) as caught:
        socket.recv(PATIENCE_SECONDS)
    assert caught.value.rcvd is not None
    return caught.value.rcvd.code, caught.value.rcvd.reason
