"""The notation of a wire transcript: text in, a model out. Sans I/O.

One step a line; every mistake of a text is found in one go, each with its line number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from contract.observation import CLIENT_NAME
from live_docs.notation.blanks import Span, take_blanks
from live_docs.notation.captures import CLAIMS, names_in
from live_docs.notation.line_parser import read_step
from live_docs.notation.order import ANSWERED, follow
from live_docs.notation.steps import ObserverStep, Request, Step

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
    """A step where it stands: its line number, its words, its client, the notes before it, the blanks in its words."""

    number: int
    text: str
    client: str
    step: Step
    notes: tuple[str, ...] = ()
    blanks: tuple[Span, ...] = ()


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
    for number, raw in enumerate(source.split("\n"), first_line):
        text = raw.strip("\r")
        if not text.strip():
            continue
        if text.startswith("#"):
            notes.append(text.lstrip("#").strip())
            continue
        client = ""
        if match := CLIENT.fullmatch(text):
            client, text = match["client"], match["rest"]
        try:
            check_client_name(client)
            text, blanks = take_blanks(text)
            lines.append(Line(number, text, client, read_step(text), tuple(notes), blanks))
        except ValueError as error:
            problems.append(Problem(number, str(error)))
        notes = []
    if not problems:
        problems = check_order(lines) or check_captures(lines)
    if not lines and not problems:
        problems = [Problem(first_line, "a transcript needs at least one step, such as `connect /ws/echo/`")]
    if problems:
        raise TranscriptError(problems)
    return Transcript(tuple(lines))


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
        names = names_in(line.step)
        if isinstance(line.step, CLAIMS):
            known |= names
        for name in sorted(names - known):
            message = f"`${{{name}}}` stands for nothing yet: a line above must capture it, as in `< ${{{name}}}`"
            problems.append(Problem(line.number, message))
    return problems
