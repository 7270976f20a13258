"""WebSocket clients for the tests of the server: from the pages' origin, past any proxy, and patient."""

from __future__ import annotations

import json
from ssl import create_default_context
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from testing.program import Program
from testing.project import ORIGIN
from testing.tls_tunnel import open_tls

PATIENCE_SECONDS = 120
"""How long something may take to come. Nothing is to be concluded from its taking long."""

STRANGER = ("127.0.0.2", 0)
"""Where another visitor comes from: Linux has all of 127.0.0.0/8 for itself."""


def dial(
    server: Program,
    path: str,
    headers: dict[str, str] | None = None,
    *,
    origin: str | None = ORIGIN,
    **options: Any,
) -> ClientConnection:
    """Open a WebSocket, over TLS where the server's address begins so; a path may hold letters of any script."""
    url = urlsplit(server.url)
    if url.scheme == "https":
        source, _ = options.pop("source_address", ("", 0))
        name = url.hostname or ""
        options["sock"] = open_tls((name, url.port or 443), name, create_default_context(), source)
    socket: ClientConnection = connect(
        f"ws://{url.netloc}" + quote(path, safe="/?&=%.:+~-_"),
        origin=Origin(origin) if origin else None,
        additional_headers=headers,
        proxy=None,
        max_queue=None,
        open_timeout=PATIENCE_SECONDS,
        close_timeout=PATIENCE_SECONDS,
        **options,
    )
    return socket


def hear(socket: ClientConnection) -> Any:
    """The next message, which must be JSON."""
    return json.loads(socket.recv(PATIENCE_SECONDS))


def hear_end(socket: ClientConnection) -> tuple[int, str]:
    """The code and the reason with which the server closes; no message may come before."""
    with pytest.raises(ConnectionClosed) as caught:
        socket.recv(PATIENCE_SECONDS)
    assert caught.value.rcvd is not None
    return caught.value.rcvd.code, caught.value.rcvd.reason
