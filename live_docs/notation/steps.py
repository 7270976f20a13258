"""The steps a wire transcript is made of: what one line of it asks for or claims.

`describe()` is the step as the widget reads it: plain JSON, with `do` naming the step. A class here is a step once it
stands in one of the unions at the end; the type checker then names every place that has yet to choose what to do.
The notation itself, with an example of each line, is in docs/reference/notation.md.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Described:
    """What every step has: a name, and a description for the widget."""

    do: ClassVar[str]

    def describe(self) -> dict[str, Any]:
        """The step as JSON for the widget; bytes are written as hexadecimal."""
        values = {k: v.hex() if isinstance(v, bytes) else v for k, v in asdict(self).items()}
        return {"do": self.do, **values}


@dataclass(frozen=True, slots=True)
class Connect(Described):
    """Open a WebSocket at `path`; log in as `user` first, where one is named."""

    do = "connect"
    path: str
    origin: str | None = None
    subprotocols: tuple[str, ...] = ()
    user: str | None = None


@dataclass(frozen=True, slots=True)
class Accepted(Described):
    """The handshake succeeds (status 101), with this subprotocol or, if it is None, with none."""

    do = "accepted"
    subprotocol: str | None = None


@dataclass(frozen=True, slots=True)
class Refused(Described):
    """The handshake is answered with an HTTP status other than 101."""

    do = "refused"
    status: int


@dataclass(frozen=True, slots=True)
class Unanswered(Described):
    """The handshake gets no answer at all: in the end, the server drops TCP."""

    do = "unanswered"


@dataclass(frozen=True, slots=True)
class Send(Described):
    """The client sends one message."""

    do = "send"
    data: str | bytes

    def describe(self) -> dict[str, Any]:
        """As any step, and whether the data is binary."""
        return {**Described.describe(self), "binary": isinstance(self.data, bytes)}


@dataclass(frozen=True, slots=True)
class Receive(Described):
    """The next message from the server is this one; see `live_docs.notation.matching`."""

    do = "receive"
    data: str | bytes

    def describe(self) -> dict[str, Any]:
        """As any step, and whether the data is binary."""
        return {**Described.describe(self), "binary": isinstance(self.data, bytes)}


@dataclass(frozen=True, slots=True)
class Close(Described):
    """The client closes, with a code that a browser's close() takes."""

    do = "close"
    code: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Closed(Described):
    """The server closes with this code; a reason is compared only where one is written."""

    do = "closed"
    code: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Request(Described):
    """One HTTP request; a POST carries a JSON body and the CSRF token."""

    do = "request"
    method: str
    path: str
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Response(Described):
    """The HTTP response has this status and, where one is written, this body."""

    do = "response"
    status: int
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Wait(Described):
    """Let this many milliseconds pass."""

    do = "wait"
    ms: int


@dataclass(frozen=True, slots=True)
class Raised(Described):
    """This exception leaves the application; `text` is its message, in which `...` may stand for anything."""

    do = "raised"
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class AsgiEvent(Described):
    """This ASGI event comes in or goes out: its type and, where it is written, the rest of it as JSON."""

    do = "event"
    type: str
    json: str | None = None


ClientStep = Connect | Accepted | Unanswered | Send | Receive | Close | Closed | Request | Response | Wait
"""What a client does or sees by itself."""

StatusStep = Refused
"""What a client sees, but for its status: that is the server's to show to a page (WHATWG WebSockets hides it)."""

ObserverStep = Raised | AsgiEvent
"""What only an observer of the server's half is told, and may be told later than what became of the connection."""

ServerStep = StatusStep | ObserverStep
"""What the server's half shows: it has an order of its own, since two clocks tell of it."""

Step = ClientStep | StatusStep | ObserverStep
"""Every step there is."""
