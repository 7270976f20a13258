"""The server's half of a conversation, as the sandbox server streams it to whoever observes a connection.

The contract is `contract.observation` and `contract.events`; `GET /server/` sets the cookie that goes with it. The
widget keeps it in docs/assets/live/observing/observation.js.
"""

from __future__ import annotations

import json
import secrets
import time
from collections import deque
from contextlib import ExitStack
from typing import Any

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.typing import Origin

from contract.observation import HANDSHAKE_PATIENCE_MS, PARAMETER, SERVER
from live_docs.player.difference import Difference
from live_docs.player.tls_tunnel import connect
from live_docs.player.visitor import Visitor

READY_SECONDS = HANDSHAKE_PATIENCE_MS / 1000


class NotObserved(Difference):
    """The server does not let its half be observed."""


class Observation:
    """One client's view of the server's half: ASGI events and exceptions, in order, until a step asks for them."""

    def __init__(self, visitor: Visitor, ws_url: str, connections: ExitStack) -> None:
        self.id = secrets.token_urlsafe(16)
        self.events: deque[dict[str, Any]] = deque()
        self.exceptions: deque[dict[str, Any]] = deque()
        self.connections = 0
        visitor.ask("GET", SERVER)
        try:
            handshake = connect(
                f"{ws_url}/ws/observe/{self.id}/",
                origin=Origin(visitor.origin),
                additional_headers=visitor.cookie_header(),
                compression=None,
                open_timeout=READY_SECONDS,
                proxy=None,
            )
            self.socket = connections.enter_context(handshake)
            self.socket.recv(READY_SECONDS)
        except (OSError, WebSocketException) as error:
            raise NotObserved(f"observing is not possible here: {error}") from error

    def address(self, path: str) -> str:
        """The path of the next connection that is to be observed, with a name of its own in it."""
        self.connections += 1
        return f"{path}{'&' if '?' in path else '?'}{PARAMETER}={self.id}.{self.connections}"

    def next_event(self, type_: str, patience: float) -> dict[str, Any] | None:
        """The next ASGI event of this type, without the type; None if none comes in time."""
        while (happened := self.take(self.events, patience)) is not None:
            event: dict[str, Any] = happened["event"]
            if event.pop("type") == type_:
                return event
        return None

    def next_exception(self, patience: float) -> dict[str, Any] | None:
        """The next exception that left the application; None if none does in time."""
        return self.take(self.exceptions, patience)

    def take(self, queue: deque[dict[str, Any]], patience: float) -> dict[str, Any] | None:
        deadline = time.monotonic() + patience
        while not queue:
            try:
                message = json.loads(self.socket.recv(max(0, deadline - time.monotonic())))
            except (TimeoutError, ConnectionClosed):
                return None
            for happened in message.get("events", []):
                self.sort(happened)
        return queue.popleft()

    def sort(self, happened: dict[str, Any]) -> None:
        if happened["type"] == "event":
            self.events.append(happened)
        elif happened["type"] == "exception":
            self.exceptions.append(happened)
