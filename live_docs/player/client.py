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
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from contract.observation import HANDSHAKE_PATIENCE_MS, STEP_PATIENCE_MS
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
        self.refusal: int | None = None
        self.unanswered = False
        self.answer: tuple[int, str] = (0, "")
        self.observed = observed
        self.observation: Observation | None = None
        self.captured = captured

    def step(self, step: Step, upcoming: Step | None) -> None:
        """Do what a step asks, or check what it claims. `upcoming` says what the handshake is expected to come to.

        Raises Difference with what came instead.
        """
        match step:
            case Connect():
                self.connect(step, isinstance(upcoming, Unanswered))
                if self.refusal is not None and not isinstance(upcoming, Refused | Unanswered):
                    raise Difference(f"refused {self.refusal}")
            case Accepted(subprotocol):
                if self.connection.subprotocol != subprotocol:
                    raise Difference(f"accepted {self.connection.subprotocol or ''}".strip())
            case Refused(status):
                if self.refusal != status:
                    raise Difference("accepted" if self.refusal is None else f"refused {self.refusal}")
            case Unanswered():
                if not self.unanswered:
                    raise Difference("accepted" if self.refusal is None else f"refused {self.refusal}")
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
                if self.answer[0] != status or (body is not None and not self.matches(body, self.answer[1])):
                    raise Difference(f"= {self.answer[0]} {self.answer[1]}".strip())
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

    def connect(self, step: Connect, to_no_answer: bool) -> None:
        if step.user is not None:
            self.visitor.become(step.user)
        self.socket, self.refusal, self.unanswered = None, None, False
        path = step.path
        if self.observed:
            self.observation = self.observation or Observation(self.visitor, self.ws_url, self.connections)
            path = self.observation.address(path)
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
        except InvalidStatus as error:
            self.refusal = error.response.status_code
        except (OSError, WebSocketException) as error:
            self.unanswered = isinstance(error, InvalidMessage) and to_no_answer
            if self.unanswered:
                return
            raise Difference(f"no connection: {error}") from error

    def send(self, data: str | bytes) -> None:
        try:
            self.connection.send(data)
        except ConnectionClosed as closed:
            raise Difference(as_closed(closed)) from closed

    def receive(self, expected: str | bytes) -> None:
        try:
            got = self.connection.recv(PATIENCE_SECONDS)
        except TimeoutError:
            raise Difference(f"nothing within {PATIENCE_SECONDS:g} s") from None
        except ConnectionClosed as closed:
            raise Difference(as_closed(closed)) from closed
        same = self.matches(expected, got) if isinstance(expected, str) and isinstance(got, str) else got == expected
        if not same:
            raise Difference(shown(got))

    def close(self, code: int, reason: str) -> None:
        if extra := self.unread():
            raise Difference(f"before the close: {extra}")
        self.connection.close(code, reason)
        if self.connection.close_code == 1006:
            raise Difference("closed 1006")

    def closed(self, code: int, reason: str | None) -> None:
        try:
            got = self.connection.recv(PATIENCE_SECONDS)
        except TimeoutError:
            raise Difference(f"nothing within {PATIENCE_SECONDS:g} s") from None
        except ConnectionClosed as closed:
            seen = closed.rcvd
            same = seen is not None and seen.code == code and (reason is None or self.matches(reason, seen.reason))
            if code == 1006 and seen is None:
                return
            if not same:
                raise Difference(as_closed(closed)) from closed
        else:
            raise Difference(f"a message: {shown(got)}")

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


def as_closed(closed: ConnectionClosed) -> str:
    """A closed connection in the notation's words."""
    if closed.rcvd is None:
        return "closed 1006"
    return f"closed {closed.rcvd.code} {closed.rcvd.reason}".strip()
