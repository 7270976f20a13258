"""Plays a transcript against a running server and says, step by step, what came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from live_docs.notation.captures import fill
from live_docs.notation.steps import ObserverStep, Receive
from live_docs.notation.transcript import Line, Transcript
from live_docs.player.client import Client, shown
from live_docs.player.difference import Difference


@dataclass(frozen=True, slots=True)
class Outcome:
    """A step that was played: what was expected and what came, in words; `ok` if they agree."""

    line: Line
    ok: bool
    expected: str
    came: str


def play(transcript: Transcript, server: str, origin: str) -> Iterator[Outcome]:
    """Play the steps in order against `server` (an http URL), as a page at `origin` would.

    Ends after the first step that differs: what follows it would mean nothing.
    """
    captured: dict[str, str] = {}
    observed = transcript.needs_observing
    clients = {name: Client(server, origin, observed, captured) for name in transcript.clients}
    try:
        for at, line in enumerate(transcript.lines):
            upcoming = (later.step for later in transcript.lines[at + 1 :] if is_handshake(later, line.client))
            try:
                step = fill(line.step, captured)
                clients[line.client].step(step, next(upcoming, None))
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


def is_handshake(line: Line, client: str) -> bool:
    """Whether a line says how a client goes on after its `connect`: what the server did is told in between."""
    return line.client == client and not isinstance(line.step, ObserverStep)


def expectation(line: Line) -> str:
    """What a step expects, without its sigil where it has one."""
    if isinstance(line.step, Receive):
        return shown(line.step.data)
    return line.text
