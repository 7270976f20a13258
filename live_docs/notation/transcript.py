"""The notation of a wire transcript: text in, a model out. Sans I/O.

One step a line; every mistake of a text is found in one go, each with its line number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from contract.observation import CLIENT_NAME
from live_docs.notation.blanks import Span, take_blanks
from live_docs.notation.captures import CLAIMS, NAME, names_in
from live_docs.notation.elsewhere import SIGIL, Elsewhere, Nothing, read_elsewhere
from live_docs.notation.line_parser import read_step
from live_docs.notation.order import ANSWERED, follow
from live_docs.notation.steps import ObserverStep, Receive, Request, Step

CLIENT = re.compile(r"(?P<client>[a-z][a-z0-9_-]*): +(?P<rest>\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that cannot be read: its number, what is wrong, and what to write instead."""

    line: int
    message: str


class TranscriptError(ValueError):
    """A transcript that cannot be read. `problems` holds every mistake found, in order."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"line {p.line}: {p.message}" for p in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Line:
    """A step where it stands: its line number, its words, its client, the notes before it, the blanks in its words, and
    how it goes on other servers, where that is different.
    """

    number: int
    text: str
    client: str
    step: Step
    notes: tuple[str, ...] = ()
    blanks: tuple[Span, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()

    def on(self, server: str | None) -> Elsewhere | None:
        """How it goes on a server; None if as written."""
        return next((there for there in self.elsewhere if there.server == server), None)


@dataclass(frozen=True, slots=True)
class Transcript:
    """The steps of one conversation, in order. `clients` is `("",)` where none is named."""

    lines: tuple[Line, ...]

    @property
    def needs_observing(self) -> bool:
        """Whether a line claims something of the server's half, which only an observer sees."""
        return any(isinstance(line.step, ObserverStep) for line in self.lines)

    @property
    def clients(self) -> tuple[str, ...]:
        """The clients in the order in which they first speak."""
        return tuple(dict.fromkeys(line.client for line in self.lines))


def parse(source: str, first_line: int = 1) -> Transcript:
    """Read a transcript whose first line stands at `first_line` of its file.

    Raises TranscriptError with every problem, if there is any.
    """
    lines: list[Line] = []
    problems: list[Problem] = []
    notes: list[str] = []
    read = False  # whether the line above is a step
    for number, raw in enumerate(source.split("\n"), first_line):
        text = raw.strip("\r")
        if not text.strip():
            continue
        if text.startswith("#"):
            notes.append(text.lstrip("#").strip())
            continue
        if text.startswith(SIGIL):
            try:
                if read or not problems:  # under a line that could not be read, that one's mistake is enough
                    lines[-1:] = [with_elsewhere([] if notes else lines[-1:], number, text)]
            except ValueError as error:
                problems.append(Problem(number, str(error)))
            continue
        client = ""
        if match := CLIENT.fullmatch(text):
            client, text = match["client"], match["rest"]
        try:
            check_client_name(client)
            text, blanks = take_blanks(text)
            lines.append(Line(number, text, client, read_step(text), tuple(notes), blanks))
            read = True
        except ValueError as error:
            problems.append(Problem(number, str(error)))
            read = False
        notes = []
    if not problems:
        problems = check_order(lines) or check_captures(lines)
    if not lines and not problems:
        problems = [Problem(first_line, "a transcript needs at least one step, such as `connect /ws/echo/`")]
    if problems:
        raise TranscriptError(problems)
    return Transcript(tuple(mark_ends(lines)))


def with_elsewhere(above: list[Line], number: int, text: str) -> Line:
    """The line above, told how it goes on one more server. Raises ValueError."""
    if not above:
        raise ValueError(f"`{text}` stands under no step: write it right below the line that goes so")
    [line] = above
    there = read_elsewhere(number, text, line.step)
    if line.on(there.server):
        raise ValueError(f"`{text}` is the second for {there.where} under one line: write one")
    return replace(line, elsewhere=(*line.elsewhere, there))


def mark_ends(lines: list[Line]) -> list[Line]:
    """The lines, told where the conversation cannot go on elsewhere: what came leads to another state."""
    marked = []
    state: dict[str, str] = {}
    for at, line in enumerate(lines, 1):
        before = state.get(line.client, "new")
        _, after = follow(line.step, before)
        state[line.client] = after
        elsewhere = []
        for there in line.elsewhere:
            if isinstance(there.came, Nothing):
                goes_on = isinstance(line.step, Receive)  # a message less, and all else is as it was
            else:
                goes_on = follow(there.came, before)[1] == after
            elsewhere.append(replace(there, ends=not goes_on and at < len(lines)))
        marked.append(replace(line, elsewhere=tuple(elsewhere)))
    return marked


def check_client_name(client: str) -> None:
    """Raise ValueError for a name that the server would not take in an observation's address."""
    if client and not re.fullmatch(CLIENT_NAME, client):
        raise ValueError(f"`{client}` is too long: a client's name has at most 31 characters")


def check_order(lines: list[Line]) -> list[Problem]:
    """Steps that cannot stand where they stand: before their connect, after their close."""
    problems = []
    state: dict[str, str] = {}
    named = any(line.client for line in lines)
    for line in lines:
        if named and not line.client:
            problems.append(
                Problem(line.number, f"`{line.text}` names no client, but other lines do: name all or none")
            )
            continue
        before = state.get(line.client, "new")
        message, state[line.client] = follow(line.step, before)
        if message:
            problems.append(Problem(line.number, f"`{line.text}` {message}"))
    for line in reversed(lines):
        if isinstance(line.step, Request) and state.get(line.client) in ANSWERED:
            problems.append(Problem(line.number, f"`{line.text}` has no answer: write `= STATUS BODY` below it"))
            break
    return problems


def check_captures(lines: list[Line]) -> list[Problem]:
    """Names that stand in what a client does before any answer of the server has given them a meaning."""
    problems, known = [], set[str]()
    for line in lines:
        for there in line.elsewhere:
            for name in sorted({*NAME.findall(there.text)} - known):
                message = f"`${{{name}}}` stands for nothing yet, and what goes differently elsewhere captures nothing"
                problems.append(Problem(there.number, message))
        names = names_in(line.step)
        if isinstance(line.step, CLAIMS):
            known |= names
        for name in sorted(names - known):
            message = f"`${{{name}}}` stands for nothing yet: a line above must capture it, as in `< ${{{name}}}`"
            problems.append(Problem(line.number, message))
    return problems
