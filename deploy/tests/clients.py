"""Visitors of a deployment: from the pages' origin, over TLS through nginx, or past it to one process."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from contextlib import ExitStack
from ssl import create_default_context
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection

from deploy.tests.files import NAME, ORIGIN
from live_docs.player.visitor import Visitor
from sandbox_server.tests.clients import PATIENCE_SECONDS, dial, hear
from sandbox_server.tests.undisturbed import status_of
from testing.program import Server, wait_until


def visitor(url: str) -> Visitor:
    return Visitor(url, ORIGIN)


def connect(server: Server, path: str, headers: dict[str, str] | None = None, **options: Any) -> ClientConnection:
    """To nginx, or to one process."""
    return dial(server, path, headers, origin=ORIGIN, **options)


def handshake(connections: ExitStack, url: str, source: str) -> int:
    """The status of the answer to one from an address of this machine; its connection stays open, without a thread."""
    address = urlsplit(url)
    tcp = socket.create_connection((address.hostname, address.port or 443), PATIENCE_SECONDS, (source, 0))
    tls = connections.enter_context(create_default_context().wrap_socket(tcp, server_hostname=address.hostname))
    lines = [
        "GET /ws/echo/ HTTP/1.1",
        f"Host: {NAME}",
        f"Origin: {ORIGIN}",
        "Upgrade: websocket",
        "Connection: Upgrade",
    ]
    lines += ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", ""]
    tls.sendall("\r\n".join(lines).encode())
    return status_of(tls.recv(4096))


def ask(url: str, path: str, method: str = "GET") -> Any:
    status, body = visitor(url).ask(method, path)
    assert status == 200, f"{method} {path}: {status} {body}"
    return json.loads(body)


class Writer:
    """One visitor who writes one numbered note after the other, and comes back when the connection ends.

    A note is acknowledged once its session is in the database: whoever comes back must find it there, or a later one.
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        visitor_ = visitor(server.url)
        assert visitor_.ask("POST", "/notes/", "0")[0] == 200
        self.cookie = visitor_.cookie_header()
        self.acknowledged = 0
        self.found: list[tuple[int, int]] = []  # at each connect: the last that was acknowledged, and what was there
        self.ends: list[int] = []
        self.refused: list[str] = []
        self.stop = Event()
        self.thread = Thread(target=self.work, daemon=True)
        self.thread.start()

    def work(self) -> None:
        while not self.stop.is_set():
            try:
                with connect(self.server, "/ws/notes/", self.cookie) as connection:
                    self.write(connection)
            except ConnectionClosed as closed:
                self.ends.append(closed.rcvd.code if closed.rcvd else 1006)
            except (WebSocketException, OSError, EOFError) as error:
                self.refused.append(repr(error))
                self.stop.wait(0.1)

    def write(self, connection: ClientConnection) -> None:
        self.found.append((self.acknowledged, int(hear(connection)["your_note"])))
        number = self.found[-1][1]
        while not self.stop.is_set():
            number += 1
            connection.send(str(number))
            assert hear(connection) == {"saved": str(number)}
            self.acknowledged = number

    def lost(self) -> list[tuple[int, int]]:
        """Where something that was acknowledged was not there afterwards."""
        return [(acknowledged, found) for acknowledged, found in self.found if found < acknowledged]

    def end(self) -> None:
        self.stop.set()
        self.thread.join()


class Load:
    """Some writers at work."""

    def __init__(self, server: Server, count: int) -> None:
        self.writers = [Writer(server) for _ in range(count)]

    def goes_on(self) -> None:
        """Wait until each has been acknowledged a few more notes."""
        before = [writer.acknowledged for writer in self.writers]
        self.wait_until(lambda: all(it.acknowledged > was + 3 for it, was in zip(self.writers, before, strict=True)))

    def wait_until(self, condition: Callable[[], bool]) -> None:
        wait_until(condition, "the load", lambda: "\n".join(str(vars(writer)) for writer in self.writers))

    def came_back(self, code: int) -> int:
        """How often one of them had its connection ended so."""
        return sum(writer.ends.count(code) for writer in self.writers)

    def end(self) -> None:
        for writer in self.writers:
            writer.end()
