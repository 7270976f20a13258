"""The two servers in front of failures.app, started once, and clients that ask them."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache, partial

import websockets.sync.client
from websockets.exceptions import WebSocketException

from failures.kit import started
from testing.program import Program

IMPATIENT = ("--application-close-timeout", "1", "--http-timeout", "1")
connect = partial(websockets.sync.client.connect, open_timeout=60)
"""On a busy machine too a handshake is answered by then."""


@cache
def daphne() -> Program:
    """Daphne at -v 2, whose patience with applications is a second."""
    return started("daphne", "-v", "2", "-p", "{port}", *IMPATIENT, "failures.app:application")


@cache
def hasty_daphne() -> Program:
    """Daphne at -v 2, which waits a second for an answer to a handshake."""
    return started("daphne", "-v", "2", "-p", "{port}", "--websocket_connect_timeout", "1", "failures.app:application")


@cache
def uvicorn() -> Program:
    return started("uvicorn", "--port", "{port}", "failures.app:application")


def address(server: Program, name: str) -> str:
    return f"{server.url.replace('http', 'ws')}ws/{name}/"


def visit(server: Program, name: str, words: str, *messages: str) -> str:
    """Connect, send, and hear all there is until it closes; then what the server says, once it has said `words`."""
    with suppress(WebSocketException, OSError), connect(address(server, name)) as client:
        for message in messages:
            client.send(message)
        for _ in client:
            pass
    server.wait_until_it_says(words)
    return server.said()


@contextmanager
def answering(answer: bytes) -> Iterator[int]:
    """A server that says this to everybody who asks, and hangs up. Its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                with closing(listener.accept()[0]) as client:
                    client.recv(65536)
                    client.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    yield listener.getsockname()[1]
    listener.close()


def answered_with(status: str, *headers: str) -> None:
    """What the Python library `websockets` makes of an HTTP answer."""
    lines = [f"HTTP/1.1 {status}", "Content-Length: 0", "Connection: close", *headers, "", ""]
    with answering("\r\n".join(lines).encode()) as port, connect(f"ws://127.0.0.1:{port}/ws/"):
        pass
