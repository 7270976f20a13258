"""The server's answer to a handshake: what the consumer says in it, and refusals other than 403."""

from __future__ import annotations

from dataclasses import dataclass, field
from http.client import responses
from typing import Any

from daphne.ws_protocol import ConnectionDeny, WebSocketProtocol

from sandbox_server.hardened_daphne.events import EXTENSION, as_text
from sandbox_server.limits import MESSAGE_BYTES, RESTART_RETRY_SECONDS
from sandbox_server.tally import tally

RESTARTING = {"status": 503, "headers": [(b"retry-after", b"%d" % RESTART_RETRY_SECONDS)]}
"""What a handshake is told while the server stops."""

NO_TOKEN = {"status": 400, "headers": []}
"""What a handshake is told whose subprotocol Daphne could not read, and would answer with 500."""

REFUSALS = frozenset(range(200, 600)) - {204, 205, 304}
"""What a handshake may be refused with. Any other number is no status, or promises that no body follows."""


@dataclass
class Refusal:
    """A whole HTTP response, as it is put together."""

    status: int
    headers: list[tuple[str, str]]
    body: bytearray = field(default_factory=bytearray)


class Handshake(WebSocketProtocol):  # type: ignore[misc]
    """Daphne knows 403 and 500, without a header or a body (daphne#486), and drops the headers of an accept."""

    refusal: Refusal | None = None

    asked = False
    """Whether this connection's handshake has been read, and waits for its answer or has it."""

    def processHandshake(self) -> None:
        """Once. A client has to wait for the answer (RFC 6455, 4.1). What it sends before waits for it, too: autobahn
        would take it for one more handshake, and answer it beside the application, or make a second one, and nobody
        would end the first.
        """
        if not self.asked:
            super().processHandshake()
        elif len(self.data) > MESSAGE_BYTES:
            self.transport.abortConnection()

    def onConnect(self, request: Any) -> Any:
        """Make the application, unless the server is about to stop, or what is asked for cannot be meant."""
        self.asked = True
        if self.factory.server_class.shutting_down:
            self.begin_refusal(RESTARTING)
            raise ConnectionDeny(503)
        if not request.headers.get(
            "sec-websocket-protocol", ""
        ).isascii():  # RFC 6455, 4.1: a token, as RFC 9110 has it
            self.begin_refusal(NO_TOKEN)
            raise ConnectionDeny(400)
        return super().onConnect(request)

    def accept(self, message: dict[str, Any]) -> None:
        """Accept with the consumer's headers (daphne#326), which autobahn takes along with the subprotocol, and writes
        in UTF-8.

        One that the client did not offer is an error here and now: autobahn raises it where nobody hears, and the
        client waits for an answer until it is dropped.
        """
        subprotocol = message.get("subprotocol")
        if subprotocol is not None and subprotocol not in self.websocket_protocols:
            raise ValueError(f"The client did not offer the subprotocol {subprotocol!r}")
        headers: dict[str, list[str]] = {}
        for name, value in as_text(message.get("headers") or ()):
            headers.setdefault(name, []).append(value)
        self.serverAccept((subprotocol, headers))

    def begin_refusal(self, message: dict[str, Any]) -> None:
        """`websocket.http.response.start`: nothing is sent before there is a body."""
        if self.state != self.STATE_CONNECTING:
            raise ValueError("The handshake is over: it can no longer be refused")
        if message["status"] not in REFUSALS:
            raise ValueError(f"A handshake cannot be refused with {message['status']}")
        self.refusal = Refusal(message["status"], list(as_text(message.get("headers") or ())))

    def add_to_refusal(self, message: dict[str, Any]) -> None:
        """`websocket.http.response.body`: when it is complete, refuse as Daphne does for its 403."""
        if self.refusal is None:
            raise ValueError(f"{EXTENSION}.start must come first")
        self.refusal.body += message.get("body", b"")
        if not message.get("more_body", False):
            self.serverReject()

    def sendHttpErrorResponse(self, code: int, reason: str, responseHeaders: Any = None) -> None:
        """Every refusal comes by here: the one that was asked for takes the place of Daphne's 403."""
        refusal = self.refusal or Refusal(code, list(responseHeaders or ()))
        if "content-length" not in {name.lower() for name, _ in refusal.headers}:
            refusal.headers.append(("Content-Length", str(len(refusal.body))))
        phrase = responses.get(refusal.status, "") if self.refusal else reason
        tally.handshake_refused(refusal.status)
        super().sendHttpErrorResponse(refusal.status, phrase, [*refusal.headers, ("Connection", "close")])
        self.sendData(bytes(refusal.body))
