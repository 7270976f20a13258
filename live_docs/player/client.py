"""One client of a transcript while it is played from Python: its cookies, its connection, and what it is asked.

Real sockets (the `websockets` library). What a browser does for every page over HTTP is in
`live_docs.player.visitor`; the server's half is in `live_docs.player.observation`.
"""

from __future__ import annotations

import json
import time
from contextlib import ExitStack
from typing import assert_never

from websockets.exceptions import ConnectionClosed, InvalidMessage, InvalidStatus, WebSocketException
from websockets.sync.client import ClientConnection
from websockets.typing import Origin, Subprotocol

from contract.observation import HANDSHAKE_PATIENCE_MS, STEP_PATIENCE_MS
from live_docs.notation.elsewhere import Nothing
from live_docs.notation.matching import match
from live_docs.notation.steps import (
    Accepted,
    AsgiEvent,
    Close,
    Closed,
    Connect,
    Raised,
    Receive,
    Refused,
    Request,
    Response,
    Send,
    Step,
    Unanswered,
    Wait,
)
from live_docs.player.difference import Difference
from live_docs.player.observation import Observation
from live_docs.player.tls_tunnel import connect
from live_docs.player.visitor import Visitor

PATIENCE_SECONDS = STEP_PATIENCE_MS / 1000
HANDSHAKE_PATIENCE_SECONDS = HANDSHAKE_PATIENCE_MS / 1000


class Client:
    """One client of a transcript: its cookies, and its connection while it has one."""

    def __init__(self, server: str, origin: str, observed: bool, captured: dict[str, str]) -> None:
        """`captured` is shared by all clients of a transcript: what `${name}` stands for."""
        self.visitor = Visitor(server, origin)
        self.origin = origin
        self.ws_url = "ws" + server.removeprefix("http").rstrip("/")
        self.socket: ClientConnection | None = None
        self.connections = ExitStack()
        self.shaken: Accepted | Refused | Unanswered | Nothing = Nothing()
        """What the last handshake came to; Nothing if nothing has come of it yet."""
        self.answer: tuple[int, str] = (0, "")
        self.observed = observed
        self.observation: Observation | None = None
        self.captured = captured

    def step(self, step: Step, upcoming: Step | Nothing | None) -> None:
        """Do what a step asks, or check what it claims. `upcoming` says what the handshake is expected to come to.

        Raises Difference with what came instead.
        """
        match step:
            case Connect():
                self.shaken = self.connect(step, upcoming)
                if not isinstance(self.shaken, Accepted) and not isinstance(upcoming, Refused | Unanswered | Nothing):
                    raise Difference(in_words(self.shaken), self.shaken)
            case Accepted() | Refused() | Unanswered():
                if self.shaken != step:
                    raise Difference(in_words(self.shaken), self.shaken)
            case Send(data):
                self.send(data)
            case Receive(data):
                self.receive(data)
            case Close(code, reason):
                self.close(code, reason)
            case Closed(code, reason):
                self.closed(code, reason)
            case Request(method, path, body):
                self.answer = self.visitor.ask(method, path, body)
            case Response(status, body):
                got, text = self.answer
                if got != status or (body is not None and not self.matches(body, text)):
                    raise Difference(f"= {got} {text}".strip(), Response(got, text))
            case Wait(ms):
                time.sleep(ms / 1000)
            case Raised(name, text):
                self.raised(name, text)
            case AsgiEvent(type_, pattern):
                self.event(type_, pattern)
            case _:
                assert_never(step)

    @property
    def connection(self) -> ClientConnection:
        assert self.socket is not None, "after a refusal the notation lets a client only connect"
        return self.socket

    def connect(self, step: Connect, upcoming: Step | Nothing | None) -> Accepted | Refused | Unanswered | Nothing:
        """Shake hands; what comes of it. Raises Difference where nobody expects that no answer comes."""
        if step.user is not None:
            self.visitor.become(step.user)
        self.socket = None
        path = step.path
        if self.observed:
            self.observation = self.observation or Observation(self.visitor, self.ws_url, self.connections)
            path = self.observation.address(path)
        to_no_answer = isinstance(upcoming, Unanswered)
        try:
            handshake = connect(
                self.ws_url + path,
                origin=Origin(step.origin or self.origin),
                subprotocols=[Subprotocol(name) for name in step.subprotocols] or None,
                additional_headers=self.visitor.cookie_header(),
                compression=None,
                open_timeout=HANDSHAKE_PATIENCE_SECONDS if to_no_answer else PATIENCE_SECONDS,
                close_timeout=PATIENCE_SECONDS,
                proxy=None,
            )
            self.socket = self.connections.enter_context(handshake)
            return Accepted(self.socket.subprotocol)
        except InvalidStatus as error:
            return Refused(error.response.status_code)
        except (OSError, WebSocketException) as error:
            if isinstance(error, InvalidMessage) and to_no_answer:
                return Unanswered()
            if isinstance(error, TimeoutError) and isinstance(upcoming, Nothing):
                return Nothing()
            raise Difference(f"no connection: {error}") from error

    def send(self, data: str | bytes) -> None:
        try:
            self.connection.send(data)
        except ConnectionClosed as closed:
            raise Difference(in_words(as_closed(closed)), as_closed(closed)) from closed

    def receive(self, expected: str | bytes) -> None:
        try:
            got = self.connection.recv(PATIENCE_SECONDS)
        except TimeoutError:
            raise Difference(f"nothing within {PATIENCE_SECONDS:g} s", Nothing()) from None
        except ConnectionClosed as closed:
            raise Difference(in_words(as_closed(closed)), as_closed(closed)) from closed
        same = self.matches(expected, got) if isinstance(expected, str) and isinstance(got, str) else got == expected
        if not same:
            raise Difference(shown(got), Receive(got))

    def close(self, code: int, reason: str) -> None:
        if extra := self.unread():
            raise Difference(f"before the close: {extra}")
        self.connection.close(code, reason)
        answer = Closed(self.connection.close_code or 1006, self.connection.close_reason)
        if answer.code != code:
            raise Difference(in_words(answer), answer)

    def closed(self, code: int, reason: str | None) -> None:
        try:
            got = self.connection.recv(PATIENCE_SECONDS)
        except TimeoutError:
            raise Difference(f"nothing within {PATIENCE_SECONDS:g} s", Nothing()) from None
        except ConnectionClosed as closed:
            seen = as_closed(closed)
            if seen.code != code or (reason is not None and not self.matches(reason, seen.reason or "")):
                raise Difference(in_words(seen), seen) from closed
        else:
            raise Difference(f"a message: {shown(got)}", Receive(got))

    def raised(self, name: str, text: str) -> None:
        seen = self.observation.next_exception(PATIENCE_SECONDS) if self.observation else None
        if seen is None:
            raise Difference("no exception")
        if seen["name"] != name or not self.matches(text, seen["text"]):
            raise Difference(f"! {seen['name']}: {seen['text']}")

    def event(self, type_: str, pattern: str | None) -> None:
        event = self.observation.next_event(type_, PATIENCE_SECONDS) if self.observation else None
        if event is None:
            raise Difference(f"no {type_}")
        got = json.dumps(event, ensure_ascii=False)
        if pattern is not None and not self.matches(pattern, got):
            raise Difference(f"~ {type_} {got}")

    def matches(self, expected: str, got: str) -> bool:
        """Whether this is what was expected; what it captures is kept."""
        found = match(expected, got)
        self.captured.update(found or {})
        return found is not None

    def unread(self) -> str:
        """A message that came and that no step has asked for, in words; empty if there is none."""
        if self.socket is None:
            return ""
        try:
            return f"a message: {shown(self.socket.recv(0))}"
        except (TimeoutError, ConnectionClosed):
            return ""

    def leave(self) -> None:
        """Close every connection that is still open."""
        self.connections.close()


def shown(data: str | bytes) -> str:
    """A message as the notation writes it, bytes in hexadecimal."""
    return data if isinstance(data, str) else data.hex(" ")


def as_closed(closed: ConnectionClosed) -> Closed:
    """A closed connection as a step. Without a close frame a browser tells 1006 (RFC 6455, 7.1.5)."""
    return Closed(closed.rcvd.code, closed.rcvd.reason) if closed.rcvd else Closed(1006, "")


def in_words(came: Accepted | Refused | Unanswered | Closed | Nothing) -> str:
    """What became of a connection, as the notation writes it."""
    match came:
        case Accepted(subprotocol):
            return f"accepted {subprotocol or ''}".strip()
        case Refused(status):
            return f"refused {status}"
        case Closed(code, reason):
            return f"closed {code} {reason or ''}".strip()
        case Unanswered():
            return "unanswered"
        case Nothing():
            return f"nothing within {PATIENCE_SECONDS:g} s"
        case _:
            assert_never(came)
