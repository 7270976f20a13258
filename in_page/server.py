"""What the page's worker asks of the server here: sockets and requests by their numbers, and what is told back.

`tell(kind, number, fields)` is how the page is told; which kinds there are stands in docs/assets/live/here/messages.js.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from in_page.connection import Connection
from in_page.cookies import CookieJar
from in_page.http import Exchange

Tell = Callable[[str, int, dict[str, Any]], None]


class Server:
    """The application, and whoever is connected to it."""

    def __init__(self, application: Any, origin: str, user_agent: str, tell: Tell) -> None:
        """`origin` is the page's: its sockets and requests come from there, and its cookies go with them."""
        self.application = application
        self.origin = origin
        self.user_agent = user_agent
        self.tell = tell
        self.jar = CookieJar()
        self.connections: dict[int, Connection] = {}
        self.exchanges: dict[int, Exchange] = {}

    def open(self, number: int, url: str, subprotocols: Sequence[str], origin: str) -> None:
        """Open a WebSocket, as a page at `origin` does: cookies (SameSite=Lax) go along from the server's own site."""
        headers = [("User-Agent", self.user_agent)]
        if origin == self.origin:
            headers += self.jar.headers()
        self.connections[number] = Connection(
            self.application, url, Socket(self, number), origin=origin, subprotocols=subprotocols, headers=headers
        )

    def send(self, number: int, data: str | bytes) -> None:
        if connection := self.connections.get(number):
            connection.send(data)

    def close(self, number: int, code: int | None, reason: str) -> None:
        if connection := self.connections.get(number):
            connection.close(code, reason)

    def fetch(self, number: int, method: str, url: str, headers: Sequence[tuple[str, str]], body: bytes) -> None:
        """One request, with what a browser adds to it."""
        added = [("Host", urlsplit(url).netloc), ("User-Agent", self.user_agent), *self.jar.headers()]
        if method not in ("GET", "HEAD"):
            added += [("Origin", self.origin), ("Content-Length", str(len(body)))]
        page = Response(self, number)
        self.exchanges[number] = Exchange(self.application, method, url, [*added, *headers], body, page)

    def abort(self, number: int) -> None:
        if exchange := self.exchanges.get(number):
            exchange.abort()


class Socket:
    """Tells the page of one of its WebSockets."""

    def __init__(self, server: Server, number: int) -> None:
        self.server, self.number = server, number

    def opened(self, subprotocol: str) -> None:
        self.server.tell("opened", self.number, {"protocol": subprotocol})

    def message(self, data: str | bytes) -> None:
        self.server.tell("message", self.number, {"data": data})

    def closed(self, code: int, reason: str, clean: bool) -> None:
        self.server.connections.pop(self.number, None)
        self.server.tell("closed", self.number, {"code": code, "reason": reason, "wasClean": clean})


class Response:
    """Tells the page of the answer to one of its requests."""

    def __init__(self, server: Server, number: int) -> None:
        self.server, self.number = server, number

    def started(self, status: int, headers: list[tuple[str, str]]) -> None:
        """The jar keeps cookies, which no page's JavaScript is shown."""
        for name, value in headers:
            if name.lower() == "set-cookie":
                self.server.jar.take(value)
        shown = [[name, value] for name, value in headers if name.lower() != "set-cookie"]
        self.server.tell("response", self.number, {"status": status, "headers": shown})

    def part(self, data: bytes) -> None:
        self.server.tell("part", self.number, {"data": data})

    def finished(self, whole: bool) -> None:
        self.server.exchanges.pop(self.number, None)
        self.server.tell("finished", self.number, {"whole": whole})


class Tracebacks(logging.Handler):
    """Tells the page of each exception that left the application, with its traceback: our files by their paths in the
    project.
    """

    def __init__(self, tell: Tell, project: Path) -> None:
        super().__init__()
        self.tell = tell
        self.project = project

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1] is not None:
            text = "".join(traceback.format_exception(record.exc_info[1]))
            self.tell("raised", 0, {"traceback": text.replace(f"{self.project}/", "")})
