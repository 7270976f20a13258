"""`websockets.sync.client.connect`, with TLS that one thread carries: through a pair of sockets and an event loop.

`websockets.sync` reads in a thread of its own. OpenSSL lets only one thread at a time use a connection, and Python's
`SSLSocket` has no lock for it (cpython#151508, python-engineio#461). With TLS 1.3 the session tickets arrive just when
the handshake of the WebSocket is to be sent: once in some four thousand times it is not, and both sides wait for ever.
"""

from __future__ import annotations

import asyncio
import socket
from asyncio import StreamReader, StreamWriter
from contextlib import suppress
from functools import cache
from ssl import SSLContext, create_default_context
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from websockets.sync import client

PIECE_BYTES = 64 * 1024
OPEN_SECONDS = 120


def connect(url: str, *, source_address: tuple[str, int] | None = None, **options: Any) -> client.ClientConnection:
    """Open a WebSocket at `ws://…` or `wss://…`; with the same options, and raising the same."""
    address = urlsplit(url)
    if address.scheme == "wss":
        name = address.hostname or ""
        options["sock"] = open_tls((name, address.port or 443), name, create_default_context(), source_address)
    elif source_address:
        options["source_address"] = source_address
    socket: client.ClientConnection = client.connect(address._replace(scheme="ws").geturl(), **options)
    return socket


def open_tls(
    address: tuple[str, int], name: str, trust: SSLContext, source: tuple[str, int] | None = None
) -> socket.socket:
    """A plain socket to who is at an address and has a certificate for a name; `source`: the address to come from.

    Raises what `asyncio.open_connection` does.
    """
    loop = running_loop()
    near, far = socket.socketpair()
    tunnel = open_tunnel(far, address, name, trust, source)
    try:
        asyncio.run_coroutine_threadsafe(tunnel, loop).result(OPEN_SECONDS)
    except BaseException:
        near.close()
        raise
    return near


@cache
def running_loop() -> asyncio.AbstractEventLoop:
    """One for all tunnels, for as long as the program runs."""
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="TLS tunnels", daemon=True).start()
    return loop


carriers: set[asyncio.Task[None]] = set()
"""A loop alone would forget its tasks."""


async def open_tunnel(
    far: socket.socket, address: tuple[str, int], name: str, trust: SSLContext, source: tuple[str, int] | None
) -> None:
    try:
        outside = await asyncio.open_connection(*address, ssl=trust, server_hostname=name, local_addr=source)
    except BaseException:
        far.close()
        raise
    inside = await asyncio.open_connection(sock=far)
    for (reader, _), (_, writer) in ((inside, outside), (outside, inside)):
        task = asyncio.create_task(carry(reader, writer))
        carriers.add(task)
        task.add_done_callback(carriers.discard)


async def carry(reader: StreamReader, writer: StreamWriter) -> None:
    """Until one side ends, in whatever way: then the other one does."""
    with suppress(OSError):
        while piece := await reader.read(PIECE_BYTES):
            writer.write(piece)
            await writer.drain()
    writer.close()
