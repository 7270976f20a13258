"""What an observation tells: messages over its WebSocket, each a JSON object with its `kind`, and the events in them.

An event is what happened, in one of three lanes; `type` says what it is. Beside its own fields it carries the
connection's client and name, and when it happened (`Told`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Literal, TypedDict

Way = Literal["in", "out"]
"""Into the server or out of it."""


class AsgiMessage(TypedDict, total=False):
    """An event of ASGI in JSON's types, bytes in hexadecimal. What else there is depends on its type."""

    type: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on an observed connection."""

    lane: ClassVar[str]
    type: ClassVar[str]

    def describe(self) -> dict[str, Any]:
        """The event as JSON for the widget."""
        return {"lane": self.lane, "type": self.type, **asdict(self)}


@dataclass(frozen=True, slots=True)
class HandshakeRequest(Event):
    """The head of the client's request, as it crossed, secrets hidden."""

    lane = "wire"
    type = "handshake.request"
    text: str


@dataclass(frozen=True, slots=True)
class HandshakeResponse(Event):
    """The head of the server's response, as it crossed, secrets hidden."""

    lane = "wire"
    type = "handshake.response"
    text: str


@dataclass(frozen=True, slots=True)
class Frame(Event):
    """One frame, field by field (RFC 6455, 5.2); mask and payload in hexadecimal, the payload unmasked."""

    lane = "wire"
    type = "frame"
    way: Way
    fin: bool
    rsv: int
    opcode: int
    mask: str | None
    length: int
    payload: str
    cut: bool


@dataclass(frozen=True, slots=True)
class Scope(Event):
    """A scope as Python prints it, where the server made it or the consumer got it, and the keys added between."""

    lane = "asgi"
    type = "scope"
    layer: Literal["server", "consumer"]
    python: str
    added: list[str]


@dataclass(frozen=True, slots=True)
class AsgiEvent(Event):
    """An event of ASGI, as JSON and as Python prints it."""

    lane = "asgi"
    type = "event"
    way: Way
    event: AsgiMessage
    python: str


@dataclass(frozen=True, slots=True)
class Handler(Event):
    """One of the consumer's methods begins."""

    lane = "consumer"
    type = "handler"
    handler: str


@dataclass(frozen=True, slots=True)
class HandlerEnd(Event):
    """It has ended, after so many milliseconds."""

    lane = "consumer"
    type = "handler.end"
    handler: str
    took: float


@dataclass(frozen=True, slots=True)
class Raised(Event):
    """An exception left the application; `where` is the innermost line of a sandbox that it went through."""

    lane = "consumer"
    type = "exception"
    name: str
    text: str
    where: str


Observed = HandshakeRequest | HandshakeResponse | Frame | Scope | AsgiEvent | Handler | HandlerEnd | Raised
"""Every event there is."""


class Told(TypedDict):
    """What each event carries besides: whose connection it was, its name, and the server's clock in milliseconds."""

    client: str
    connection: str
    at: float


class Ready(TypedDict):
    """The observation has begun."""

    kind: Literal["ready"]


class Clock(TypedDict):
    """The answer to `{"kind": "clock", "page_time": …}`, by which the page aligns the two clocks (milliseconds)."""

    kind: Literal["clock"]
    page_time: float | None
    server_time: float


class Lost(TypedDict):
    """So many events were dropped, because the page did not keep up."""

    kind: Literal["lost"]
    count: int


class Happened(TypedDict):
    """Events, in the order in which they happened; each an `Observed` described, and `Told`."""

    kind: Literal["observed"]
    events: list[dict[str, Any]]


Message = Ready | Clock | Lost | Happened
"""Every message there is."""
