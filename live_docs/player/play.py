"""Plays a transcript against a running server and says, step by step, what came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from live_docs.notation.captures import fill
from live_docs.notation.elsewhere import SIGIL, Elsewhere, Nothing, agrees
from live_docs.notation.steps import ObserverStep, Receive, Step
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


def play(transcript: Transcript, server: str, origin: str, on: str | None = None) -> Iterator[Outcome]:
    """Play the steps in order against `server` (an http URL), as a page at `origin` would.

    `on` names the server where it is another than the page's own: lines go as the page says of that one, what only an
    observer is told is passed over, and the play ends where the page says that it cannot go on. Ends after the first
    step that differs: what follows it would mean nothing.
    """
    captured: dict[str, str] = {}
    observed = transcript.needs_observing and on is None
    clients = {name: Client(server, origin, observed, captured) for name in transcript.clients}
    try:
        for at, line in enumerate(transcript.lines):
            if on is not None and isinstance(line.step, ObserverStep):
                continue
            there = line.on(on)
            upcoming = (came_to(later, on) for later in transcript.lines[at + 1 :] if is_handshake(later, line.client))
            outcome = play_line(line, there, clients[line.client], next(upcoming, None))
            yield outcome
            if not outcome.ok or (there is not None and there.ends):
                return
        for line in reversed(transcript.lines):
            if extra := clients[line.client].unread():
                yield Outcome(line, False, "nothing more after this line", extra)
                return
    finally:
        for client in clients.values():
            client.leave()


def play_line(line: Line, there: Elsewhere | None, client: Client, upcoming: Step | Nothing | None) -> Outcome:
    """Play one line as it is written or, where the page says so of this server, otherwise."""
    says = expectation(line)
    if there is not None:
        elsewhere = replace(line, number=there.number, text=f"{SIGIL}{there.server} {there.text}")
    try:
        client.step(fill(line.step, client.captured), upcoming)
    except Difference as difference:
        if there is None:
            return Outcome(line, False, says, str(difference))
        came = there.came if isinstance(there.came, Nothing) else fill(there.came, client.captured)
        same = agrees(came, difference.came)
        return Outcome(elsewhere, same, there.text, there.text if same else str(difference))
    if there is None:
        return Outcome(line, True, says, says)
    return Outcome(elsewhere, False, there.text, f"{says}, as the line above says: leave this one out")


def came_to(line: Line, on: str | None) -> Step | Nothing:
    """What a line says that comes, on a server."""
    there = line.on(on)
    return there.came if there else line.step


def is_handshake(line: Line, client: str) -> bool:
    """Whether a line says how a client goes on after its `connect`: what the server did is told in between."""
    return line.client == client and not isinstance(line.step, ObserverStep)


def expectation(line: Line) -> str:
    """What a step expects, without its sigil where it has one."""
    if isinstance(line.step, Receive):
        return shown(line.step.data)
    return line.text
