"""Plays a transcript against a running server and says, step by step, what came.

Real sockets (the `websockets` library), one connection a client, each client with its own cookies.
What a browser does for every page (log in by HTTP, send the CSRF token back) is in `live_docs.visitor`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from live_docs.matching import matches
from live_docs.steps import (
    Accepted,
    Close,
    Closed,
    Connect,
    Receive,
    Refused,
    Request,
    Response,
    Send,
    Wait,
)
from live_docs.transcript import Line, Transcript
from live_docs.visitor import Visitor

PATIENCE_SECONDS = 5.0
"""How long a step may take before it counts as not happening."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A step that was played: what was expected and what came, in words; `ok` if they agree."""

    line: Line
    ok: bool
    expected: str
    came: str


class Difference(Exception):
    """What came is not what the step says. The text is what came."""


def play(transcript: Transcript, server: str, origin: str) -> Iterator[Outcome]:
    """Play the steps in order against `server` (an http URL), as a page at `origin` would.

    Ends after the first step that differs: what follows it would mean nothing.
    """
    clients = {name: Client(server, origin) for name in transcript.clients}
    try:
        for at, line in enumerate(transcript.lines):
            upcoming = (later.step for later in transcript.lines[at + 1 :] if later.client == line.client)
            try:
                clients[line.client].step(line, refusal_expected=isinstance(next(upcoming, None), Refused))
            except Difference as difference:
                yield Outcome(line, False, expectation(line), str(difference))
                return
            yield Outcome(line, True, expectation(line), expectation(line))
        for line in reversed(transcript.lines):
            if extra := clients[line.client].unread():
                yield Outcome(line, False, "nothing more after this line", extra)
                return
    finally:
        for client in clients.values():
            client.leave()


def expectation(line: Line) -> str:
    """What a step expects, without its sigil where it has one."""
    match line.step:
        case Receive(data):
            return data if isinstance(data, str) else data.hex(" ")
        case _:
            return line.text


class Client:
    """One client of a transcript: its cookies, and its connection while it has one."""

    def __init__(self, server: str, origin: str) -> None:
        self.visitor = Visitor(server, origin)
        self.origin = origin
        self.ws_url = "ws" + server.removeprefix("http").rstrip("/")
        self.socket: ClientConnection | None = None
        self.connections = ExitStack()
        self.refusal: int | None = None
        self.answer: tuple[int, str] = (0, "")

    def step(self, line: Line, refusal_expected: bool) -> None:
        """Do what a step asks, or check what it claims. Raises Difference with what came instead."""
        match line.step:
            case Connect() as step:
                self.connect(step)
                if self.refusal is not None and not refusal_expected:
                    raise Difference(f"refused {self.refusal}")
            case Accepted(subprotocol):
                if self.connection.subprotocol != subprotocol:
                    raise Difference(f"accepted {self.connection.subprotocol or ''}".strip())
            case Refused(status):
                if self.refusal != status:
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
                if self.answer[0] != status or (body is not None and not matches(body, self.answer[1])):
                    raise Difference(f"= {self.answer[0]} {self.answer[1]}")
            case Wait(ms):
                time.sleep(ms / 1000)

    @property
    def connection(self) -> ClientConnection:
        if self.socket is None:
            raise Difference(f"refused {self.refusal}")
        return self.socket

    def connect(self, step: Connect) -> None:
        if step.user is not None:
            self.visitor.become(step.user)
        self.socket, self.refusal = None, None
        try:
            handshake = connect(
                self.ws_url + step.path,
                origin=Origin(step.origin or self.origin),
                subprotocols=[Subprotocol(name) for name in step.subprotocols] or None,
                additional_headers=self.visitor.cookie_header(),
                compression=None,
                open_timeout=PATIENCE_SECONDS,
                close_timeout=PATIENCE_SECONDS,
                proxy=None,
            )
            self.socket = self.connections.enter_context(handshake)
        except InvalidStatus as error:
            self.refusal = error.response.status_code
        except (OSError, WebSocketException) as error:
            raise Difference(f"no connection: {error}") from error

    def send(self, data: str | bytes) -> None:
        try:
            self.connection.send(data)
        except ConnectionClosed as closed:
            raise Difference(words_of(closed)) from closed

    def receive(self, expected: str | bytes) -> None:
        try:
            got = self.connection.recv(PATIENCE_SECONDS)
        except TimeoutError:
            raise Difference(f"nothing within {PATIENCE_SECONDS:g} s") from None
        except ConnectionClosed as closed:
            raise Difference(words_of(closed)) from closed
        same = matches(expected, got) if isinstance(expected, str) and isinstance(got, str) else got == expected
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
            same = seen is not None and seen.code == code and (reason is None or matches(reason, seen.reason))
            if code == 1006 and seen is None:
                return
            if not same:
                raise Difference(words_of(closed)) from closed
        else:
            raise Difference(f"a message: {shown(got)}")

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


def words_of(closed: ConnectionClosed) -> str:
    """A closed connection in the notation's words."""
    if closed.rcvd is None:
        return "closed 1006"
    return f"closed {closed.rcvd.code} {closed.rcvd.reason}".strip()
