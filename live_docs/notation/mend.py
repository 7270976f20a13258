"""A fault to be mended: what somebody reports, hints, the solution as a diff, and the transcript. Text in, a model out.

    # Every connection is refused with 500.
    ? Read the exception from its end.
    -websocket_urlpatterns = [path("ws/echo/", EchoConsumer)]
    +websocket_urlpatterns = [path("ws/echo/", EchoConsumer.as_asgi())]
    # A route leads to an application, and `as_asgi()` makes one of a consumer.
    ---
    connect /ws/echo/
    @faulty refused 500
    accepted

Above `---`: the report, the hints, each folded, the solution as lines of a diff, and why it is one. Below it: the
transcript, which goes as written once the module is mended; under the line that does not before, `@faulty` and what
comes instead. The module that runs is the mended one, so the diff, turned round, makes the faulty one of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from live_docs.notation.elsewhere import Came, Nothing, read_came
from live_docs.notation.steps import Accepted, Closed, Connect, Receive, Refused, Response, Step, Unanswered
from live_docs.notation.transcript import Line, Problem, Transcript, TranscriptError, parse

DIVIDER = "---"
FAULTY = "@faulty "
COMES: dict[type[Step], tuple[type[Came], ...]] = {
    Connect: (Refused, Unanswered),
    Accepted: (Accepted,),
    Refused: (Accepted, Refused),
    Receive: (Receive, Closed, Nothing),
    Closed: (Closed, Nothing),
    Response: (Response,),
}
"""Which lines can fail before the module is mended, and what can come instead. A handshake fails at its `connect`. That
a connection has ended is seen by who waits for something, and not always by who sends.
"""


@dataclass(frozen=True, slots=True)
class Change:
    """Lines of the faulty module, those of the mended one in their place, and the line of the fence that says so.

    Each ends in a line break; `wrong` may be empty.
    """

    number: int
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Failing:
    """The line that says where it fails, the line of the transcript that does, and what comes in its place."""

    number: int
    line: int
    text: str
    came: Came

    @property
    def told(self) -> str:
        """What a player says has come, as a pattern. Each has words of its own for a handshake without an answer."""
        match self.came:
            case Receive(str(text)):
                return text
            case Nothing():
                return "nothing within ..."
            case Unanswered():
                return "..."
            case Closed(_, None) | Response(_, None):
                return f"{self.text}..."
        return self.text


@dataclass(frozen=True, slots=True)
class Mend:
    """What is reported, what helps, what has to be changed and why, and the transcript that then goes as written."""

    report: str
    hints: tuple[str, ...]
    changes: tuple[Change, ...]
    why: str
    transcript: Transcript
    failing: Failing


def parse_mend(source: str, first_line: int = 1) -> Mend:
    """Read a mend whose first line stands at `first_line` of its file. Raises TranscriptError."""
    lines = source.split("\n")
    if DIVIDER not in lines:
        raise TranscriptError([Problem(first_line, f"a mend needs a line `{DIVIDER}` and its transcript below it")])
    divider = lines.index(DIVIDER)
    report: list[str] = []
    why: list[str] = []
    hints: list[str] = []
    changes: list[Change] = []
    problems: list[Problem] = []
    changing = False  # whether the line above belongs to a change
    for number, text in enumerate(lines[:divider], first_line):
        if text[:1] in ("-", "+", " ") and text.strip():
            before = changes.pop() if changing else Change(number, "", "")
            changes.append(with_line(before, text))
            changing = True
            continue
        changing = False
        if text.startswith("#"):
            (why if changes else report).append(text.lstrip("#").strip())
        elif text.startswith("? "):
            hints.append(text[2:].strip())
        elif text.strip():
            message = (
                f"`{text}` is no part of a mend: write `# report`, `? hint`, or a line of the diff: -, + or a space"
            )
            problems.append(Problem(number, message))
    problems += check_parts(first_line, report, hints, changes, why)
    below = lines[divider + 1 :]
    said = [(at, text) for at, text in enumerate(below) if text.startswith(FAULTY)]
    for at, _ in said:
        below[at] = ""
    try:
        transcript = parse("\n".join(below), first_line + divider + 1)
    except TranscriptError as error:
        raise TranscriptError([*problems, *error.problems]) from None
    problems += [
        Problem(line.number, "nothing is predicted in a mend: take the blank out")
        for line in transcript.lines
        if line.blanks
    ]
    failing: Failing | None = None
    if len(said) != 1:
        message = f"{len(said)} lines say how it fails: write `{FAULTY}refused 500`, say, under one line"
        problems.append(Problem(first_line + divider, message))
    for at, text in said[:1]:
        number = first_line + divider + 1 + at
        try:
            failing = read_failing(number, text, transcript)
        except ValueError as error:
            problems.append(Problem(number, str(error)))
    if problems or failing is None:
        raise TranscriptError(problems)
    return Mend(" ".join(report), tuple(hints), tuple(changes), " ".join(why), transcript, failing)


def with_line(change: Change, text: str) -> Change:
    """A change, and one more line of the diff: of the faulty module, of the mended one, or of both."""
    line = f"{text[1:]}\n"
    wrong, right = ("" if text[0] == "+" else line), ("" if text[0] == "-" else line)
    return Change(change.number, change.wrong + wrong, change.right + right)


def check_parts(
    first_line: int, report: list[str], hints: list[str], changes: list[Change], why: list[str]
) -> list[Problem]:
    """What a mend cannot do without."""
    missing = []
    if not report:
        missing.append("a mend says what is reported: `# Every connection is refused with 500.`")
    if not hints:
        missing.append("a mend needs a hint: `? Read the exception from its end.`")
    if not changes:
        missing.append("a mend needs its solution, as a diff: a line with `-` in front, and one with `+`")
    elif not why:
        missing.append("a mend says why its solution is one: `# …` below the diff")
    problems = [Problem(first_line, message) for message in missing]
    for change in changes:
        if not change.right or change.right == change.wrong:
            message = (
                "this change has no place, or changes nothing: write a `+`, or a line that stays, a space in front"
            )
            problems.append(Problem(change.number, message))
    return problems


def read_failing(number: int, text: str, transcript: Transcript) -> Failing:
    """A line `@faulty CLAIM`, and the line above it. Raises ValueError."""
    above: list[Line] = [line for line in transcript.lines if line.number < number]
    if not above or type(above[-1].step) not in COMES:
        raise ValueError(
            f"`{text}` stands under no line that can fail: write it under a `connect`, or what comes of it"
        )
    line = above[-1]
    words = text.removeprefix(FAULTY).strip()
    return Failing(number, line.number, words, read_came(text, words, line.step, COMES[type(line.step)]))
