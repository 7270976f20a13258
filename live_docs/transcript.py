"""The notation of a wire transcript: text in, a model out. Sans I/O.

One step a line; every mistake of a text is found in one go, each with its line number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

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
    Step,
    Wait,
)

CLIENT = re.compile(r"(?P<client>[a-z][a-z0-9_-]*): +(?P<rest>\S.*)", re.DOTALL)
LONGEST_WAIT_MS = 10_000
LONGEST_REASON_BYTES = 123
"""RFC 6455 section 5.5: a control frame carries 125 bytes, two of which are the close code."""


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
    """A step where it stands: its line number, its words, its client, and the notes before it."""

    number: int
    text: str
    client: str
    step: Step
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """The steps of one conversation, in order. `clients` is `("",)` where none is named."""

    lines: tuple[Line, ...]

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
            lines.append(Line(number, text, client, read_step(text), tuple(notes)))
        except ValueError as error:
            problems.append(Problem(number, str(error)))
        notes = []
    if not problems:
        problems = check_order(lines)
    if not lines and not problems:
        problems = [Problem(first_line, "a transcript needs at least one step, such as `connect /ws/echo/`")]
    if problems:
        raise TranscriptError(problems)
    return Transcript(tuple(lines))


def read_step(text: str) -> Step:
    """One line without its client's name. Raises ValueError saying what is wrong with it."""
    word, _, rest = text.partition(" ")
    reader = READERS.get(word)
    if reader is None:
        raise ValueError(f"`{text}` is no step: a line begins with one of {', '.join(READERS)}")
    return reader(rest)


def read_connect(rest: str) -> Step:
    path, _, tail = rest.partition(" ")
    options = tail.split()
    if not path.startswith("/"):
        raise ValueError(f"`connect {rest}` needs a path that starts with a slash: `connect /ws/echo/`")
    values: dict[str, str] = {}
    for option in options:
        name, equals, value = option.partition("=")
        if name not in ("origin", "subprotocol", "as") or not equals or not value:
            raise ValueError(f"`{option}` is no option of connect: use origin=URL, subprotocol=a,b or as=NAME")
        values[name] = value
    subprotocols = tuple(values["subprotocol"].split(",")) if "subprotocol" in values else ()
    return Connect(path, values.get("origin"), subprotocols, values.get("as"))


def read_accepted(rest: str) -> Step:
    return Accepted(rest.strip() or None)


def read_refused(rest: str) -> Step:
    status = rest.strip()
    if not re.fullmatch(r"[2-5]\d\d", status):
        raise ValueError(f"`refused {rest}` needs one HTTP status: `refused 403`")
    return Refused(int(status))


def read_hex(rest: str, sigil: str) -> bytes:
    try:
        return bytes.fromhex(rest)
    except ValueError:
        raise ValueError(f"`{sigil} {rest}` is not hexadecimal: `{sigil} 00 ff`") from None


def read_code(text: str, keyword: str) -> tuple[int, str]:
    """The close code and reason after `close` or `closed`."""
    code, _, reason = text.strip().partition(" ")
    if not re.fullmatch(r"[1-4]\d{3}", code):
        raise ValueError(f"`{keyword} {text}` needs a close code from 1000 to 4999: `{keyword} 1000 done`")
    if len(reason.encode()) > LONGEST_REASON_BYTES:
        raise ValueError(f"a close reason has at most {LONGEST_REASON_BYTES} bytes in UTF-8")
    return int(code), reason


def read_close(rest: str) -> Step:
    code, reason = read_code(rest, "close")
    if code != 1000 and code < 3000:
        raise ValueError(f"a browser's close() takes 1000 or 3000 to 4999, not {code}")
    return Close(code, reason)


def read_closed(rest: str) -> Step:
    code, reason = read_code(rest, "closed")
    return Closed(code, reason or None)


def read_request(method: str) -> Callable[[str], Step]:
    def read(rest: str) -> Step:
        path, _, body = rest.partition(" ")
        if not path.startswith("/"):
            raise ValueError(f"`{method} {rest}` needs a path that starts with a slash")
        if method == "GET" and body:
            raise ValueError("a GET has no body here: `GET /path`")
        return Request(method, path, body or None)

    return read


def read_response(rest: str) -> Step:
    status, _, body = rest.partition(" ")
    if not re.fullmatch(r"[1-5]\d\d", status):
        raise ValueError(f"`= {rest}` needs an HTTP status: `= 200 ...`")
    return Response(int(status), body or None)


def read_wait(rest: str) -> Step:
    match = re.fullmatch(r"(\d+)(ms|s)", rest.strip())
    ms = int(match[1]) * (1 if match[2] == "ms" else 1000) if match else -1
    if not 0 <= ms <= LONGEST_WAIT_MS:
        raise ValueError(f"`wait {rest}` needs a time of at most {LONGEST_WAIT_MS} ms: `wait 300ms`, `wait 2s`")
    return Wait(ms)


READERS: dict[str, Callable[[str], Step]] = {
    "connect": read_connect,
    "accepted": read_accepted,
    "refused": read_refused,
    ">": Send,
    ">x": lambda rest: Send(read_hex(rest, ">x")),
    "<": Receive,
    "<x": lambda rest: Receive(read_hex(rest, "<x")),
    "close": read_close,
    "closed": read_closed,
    "GET": read_request("GET"),
    "POST": read_request("POST"),
    "=": read_response,
    "wait": read_wait,
}


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
        before = state.get(line.client, "apart")
        message, state[line.client] = follow(line.step, before)
        if message:
            problems.append(Problem(line.number, f"`{line.text}` {message}"))
    for line in reversed(lines):
        if isinstance(line.step, Request) and state.get(line.client) == "asked":
            problems.append(Problem(line.number, f"`{line.text}` has no answer: write `= STATUS BODY` below it"))
            break
    return problems


def follow(step: Step, before: str) -> tuple[str, str]:
    """What is wrong with a step after a state, if anything, and the state it leads to.

    States of one client: "apart", "connecting" (just after `connect`), "open", "asked" (HTTP).
    """
    if before == "asked":
        return (
            ("", "apart")
            if isinstance(step, Response)
            else ("stands where the HTTP answer belongs (`= 200 ...`)", "apart")
        )
    match step:
        case Response():
            return "answers no request: write `GET PATH` or `POST PATH BODY` above it", before
        case Connect():
            return ("", "connecting") if before == "apart" else ("comes while the client is still connected", before)
        case Request():
            return ("", "asked") if before == "apart" else ("comes while the client is connected: close first", before)
        case Wait():
            return "", before
        case Accepted() | Refused():
            after = "open" if isinstance(step, Accepted) else "apart"
            return ("", after) if before == "connecting" else ("must follow its `connect`", before)
        case Close() | Closed():
            return ("", "apart") if before != "apart" else ("comes before its `connect`", before)
        case _:
            return ("", "open") if before != "apart" else ("comes before its `connect`", before)
