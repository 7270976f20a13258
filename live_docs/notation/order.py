"""Where a step may stand: the states of one client, and the state that a step leads to. Sans I/O."""

from __future__ import annotations

from typing import assert_never

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

ANSWERED = {"asked": "apart", "asked while open": "open"}
"""The states in which a client waits for an HTTP answer, and what follows it."""


def follow(step: Step, before: str) -> tuple[str, str]:
    """What is wrong with a step after a state, if anything, and the state it leads to.

    States of one client: "new", "connecting" (just after `connect`), "open", "apart" (has been connected, or
    asked), and "asked" or "asked while open" (waits for an HTTP answer).
    """
    apart = before in ("new", "apart")
    if before in ANSWERED:
        answers = isinstance(step, Response)
        return "" if answers else "stands where the HTTP answer belongs (`= 200 ...`)", ANSWERED[before]
    match step:
        case Response():
            return "answers no request: write `GET PATH` or `POST PATH BODY` above it", before
        case Connect():
            return ("", "connecting") if apart else ("comes while the client is still connected", before)
        case Request() if before == "connecting":
            return "must follow `accepted`: the handshake is not over", before
        case Request():
            return "", "asked" if apart else "asked while open"
        case Wait():
            return "", before
        case Raised() | AsgiEvent():  # what the server did may be told after the client has gone
            return "comes before its `connect`" if before == "new" else "", before
        case Accepted() | Refused() | Unanswered():
            after = "open" if isinstance(step, Accepted) else "apart"
            return ("", after) if before == "connecting" else ("must follow its `connect`", before)
        case Close() | Closed():
            return ("comes before its `connect`", before) if apart else ("", "apart")
        case Send() | Receive():
            return ("comes before its `connect`", before) if apart else ("", "open")
        case _:
            assert_never(step)
