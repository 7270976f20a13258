"""A reader of the pages, as the observer has to do with them: with a browser's cookies, and with eyes of their own."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from websockets.sync.client import ClientConnection

from contract.observation import SERVER
from live_docs.player.visitor import Visitor
from sandbox_server.tests.clients import PATIENCE_SECONDS, dial, hear
from testing.program import Program
from testing.project import ORIGIN

Event = dict[str, Any]


def disconnected(event: Event) -> bool:
    """Whether this is the last that an observed connection has to tell: its consumer knows that it has ended."""
    return event["type"] == "handler.end" and str(event["handler"]).endswith(".disconnect")


def raised(event: Event) -> bool:
    """Whether an exception left the application, after which no disconnect() is called."""
    return bool(event["type"] == "exception")


class Reader:
    """One visitor who observes their own connections."""

    def __init__(self, server: Program, connections: ExitStack, user: str = "anonymous") -> None:
        self.server = server
        self.visitor = Visitor(server.url, ORIGIN)
        self.visitor.ask("GET", SERVER)
        self.visitor.become(user)
        self.connections = connections
        self.id = secrets.token_urlsafe(16)
        self.raw = ""
        """All that was streamed, as it came."""

    def dial(self, path: str, **options: Any) -> ClientConnection:
        headers = self.visitor.cookie_header() | options.pop("headers", {})
        return self.connections.enter_context(dial(self.server, path, headers, **options))

    def observe(self, observer_id: str | None = None) -> ClientConnection:
        observation = self.dial(f"/ws/observe/{observer_id or self.id}/")
        assert hear(observation) == {"kind": "ready"}
        return observation

    def echo(self, words: str, observer_id: str | None = None, client: str = "") -> None:
        """A whole conversation, its goodbye included."""
        path = f"/ws/echo/?observe={observer_id or self.id}{client and '.' + client}"
        socket = self.dial(path)
        socket.send(words)
        assert socket.recv(PATIENCE_SECONDS) == words
        socket.close()

    def events(self, observation: ClientConnection, until: Callable[[Event], bool] = disconnected) -> list[Event]:
        """What is streamed, up to the event that ends it."""
        seen: list[Event] = []
        while not any(map(until, seen)):
            text = observation.recv(PATIENCE_SECONDS)
            assert isinstance(text, str)
            self.raw += text
            seen += json.loads(text).get("events", [])
        return seen
