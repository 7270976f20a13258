"""How a line goes elsewhere: `@daphne refused 500` under `refused 404`, for readers who run another server.

A transcript tells what one server does. Where a claim goes differently on another, a line below it says how, in the
notation; where none does, it goes the same way there. Both are played: `python -m live_docs check --on daphne`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from live_docs.notation.line_parser import read_step
from live_docs.notation.matching import match
from live_docs.notation.steps import (
    Accepted,
    Close,
    Closed,
    Connect,
    ObserverStep,
    Receive,
    Refused,
    Response,
    Send,
    Step,
    Unanswered,
)

SIGIL = "@"

SERVERS = {"daphne": "plain Daphne", "uvicorn": "uvicorn"}
"""The servers that a line may name, and what a page calls them."""


NO_FRAME = 1006
"""What a client is told where a connection ended without a close frame (RFC 6455, 7.1.5)."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """What the line says does not come, and nothing else does. It can be said only of elsewhere."""

    do: ClassVar[str] = "nothing"


Came = Accepted | Refused | Unanswered | Receive | Closed | Response | Nothing
"""What can come in a claim's place."""

HANDSHAKE = (Accepted, Refused, Unanswered, Nothing)
ON_THE_SOCKET = (Receive, Closed, Nothing)

INSTEAD: dict[type[Step], tuple[type[Came], ...]] = {
    Accepted: HANDSHAKE,
    Refused: HANDSHAKE,
    Unanswered: HANDSHAKE,
    Receive: ON_THE_SOCKET,
    Closed: ON_THE_SOCKET,
    Send: (Closed,),
    Close: (Closed,),
    Response: (Response,),
}
"""Which steps can go differently elsewhere, and what can come instead. Something is sent where the connection is still
open, and `close` is answered with its own code.
"""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How one line goes on another server: the number of the line that says so, the server, the words and the step."""

    number: int
    server: str
    text: str
    came: Came
    ends: bool = False
    """Whether the conversation cannot go on as written: the lines below are not played there."""

    @property
    def where(self) -> str:
        """The server, as a page calls it."""
        return SERVERS[self.server]

    @property
    def loses_reason(self) -> bool:
        """Whether a close comes without the reason that the line has. Where no frame comes, there can be none."""
        return isinstance(self.came, Closed) and self.came.reason == "" and self.came.code != NO_FRAME


def read_elsewhere(number: int, text: str, step: Step) -> Elsewhere:
    """A line `@SERVER CLAIM` that stands under a step. Raises ValueError saying what is wrong with it."""
    server, _, words = text.removeprefix(SIGIL).partition(" ")
    words = words.strip()
    if server not in SERVERS:
        raise ValueError(f"`{text}` names no server that the pages are played on: write {listed()}")
    if isinstance(step, ObserverStep):
        raise ValueError(f"`{text}` stands under a line that is not played elsewhere: nobody observes other servers")
    if type(step) not in INSTEAD:
        hint = ": write `accepted` below it, and this below that" if isinstance(step, Connect) else ""
        raise ValueError(f"`{text}` stands under what a client does, which is the same on every server{hint}")
    return Elsewhere(number, server, words, read_came(text, words, step, INSTEAD[type(step)]))


def read_came(text: str, words: str, step: Step, instead: tuple[type[Came], ...]) -> Came:
    """What comes in the place of a step, of the kinds that can. Raises ValueError, which names the line `text`."""
    came = Nothing() if words == Nothing.do else read_step(words)
    if not isinstance(came, instead):
        raise ValueError(f"`{text}` cannot come in that line's place: {what_can(instead)}")
    if isinstance(step, Closed) and isinstance(came, Closed) and step.reason and came.reason is None:
        came = Closed(came.code, "")  # it is the reason that is left out there, and not the comparison
    if came == step:
        raise ValueError(f"`{text}` says what the line above it says: leave it out")
    return came


def listed() -> str:
    return " or ".join(f"`{SIGIL}{server}`" for server in SERVERS)


def what_can(kinds: tuple[type[Came], ...]) -> str:
    """The words for what can come, for an error."""
    words = {
        Accepted: "accepted",
        Refused: "refused 403",
        Unanswered: "unanswered",
        Receive: "< TEXT",
        Closed: "closed 1011",
        Response: "= 200",
        Nothing: Nothing.do,
    }
    return "write " + " or ".join(f"`{words[kind]}`" for kind in kinds)


def agrees(expected: Came, came: Came | None) -> bool:
    """Whether what came is what a line says of this server; None is what the notation has no words for."""
    match expected, came:
        case Receive(str(pattern)), Receive(str(text)):
            return match(pattern, text) is not None
        case Closed(code, reason), Closed(got, text):
            return code == got and (reason is None or match(reason, text or "") is not None)
        case Response(status, body), Response(got, text):
            return status == got and (body is None or match(body, text or "") is not None)
    return expected == came
