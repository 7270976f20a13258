"""A challenge: a goal in the notation, hints, and a solution that reaches it. Text in, a model out.

    # Have the server close your connection with a code of its own.
    closed 4401
    ? Somebody has to be missing.
    ---
    connect /ws/whoami/ as=anonymous
    < {"is_authenticated": false, ...}
    closed 4401

Above `---`: the task in words, the lines that have to come true, in this order, whatever happens between them; and
the hints, each folded. Below it: a transcript, which the reader can reveal and the tests play. The goal's lines must
be among the solution's, so a solution that runs as written has reached the goal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from live_docs.notation.elsewhere import SIGIL
from live_docs.notation.line_parser import read_step
from live_docs.notation.matching import match, spell_out
from live_docs.notation.steps import ServerStep, Unanswered
from live_docs.notation.transcript import CLIENT, Line, Problem, Transcript, TranscriptError, parse

DIVIDER = "---"


@dataclass(frozen=True, slots=True)
class Challenge:
    """What is asked, in words and in the notation; what helps; and one way to do it."""

    task: str
    goal: tuple[Line, ...]
    hints: tuple[str, ...]
    solution: Transcript


def parse_challenge(source: str, first_line: int = 1) -> Challenge:
    """Read a challenge whose first line stands at `first_line` of its file. Raises TranscriptError."""
    lines = source.split("\n")
    if DIVIDER not in lines:
        raise TranscriptError([Problem(first_line, f"a challenge needs a line `{DIVIDER}` and a solution below it")])
    divider = lines.index(DIVIDER)
    words: list[str] = []
    hints: list[str] = []
    goal: list[Line] = []
    problems: list[Problem] = []
    for number, text in enumerate(lines[:divider], first_line):
        if text.startswith("#"):
            words.append(text.lstrip("#").strip())
        elif text.startswith("? "):
            hints.append(text[2:].strip())
        elif text.strip():
            try:
                goal.append(read_goal(text, number))
            except ValueError as error:
                problems.append(Problem(number, str(error)))
    if not problems:
        problems = check_parts(first_line, words, goal, hints)
    try:
        solution = parse("\n".join(lines[divider + 1 :]), first_line + divider + 1)
    except TranscriptError as error:
        problems += error.problems
    if problems:
        raise TranscriptError(problems)
    reached = reach(goal, solution)
    for wanted, line in zip(goal, reached, strict=True):
        if line is None:
            message = f"`{wanted.text}` is not among the solution's lines, below those of the goal before it"
            raise TranscriptError([Problem(wanted.number, message)])
    told = (replace(wanted, elsewhere=line.elsewhere) for wanted, line in zip(goal, reached, strict=True) if line)
    return Challenge(" ".join(words), tuple(told), tuple(hints), solution)


def read_goal(text: str, number: int) -> Line:
    """One line that has to come true. Raises ValueError."""
    named = CLIENT.fullmatch(text)
    client, text = (named["client"], named["rest"]) if named else ("", text)
    if text.startswith(SIGIL):
        raise ValueError(f"`{text}` stands in a goal: write it in the solution, under the line that reaches it")
    step = read_step(text)
    if isinstance(step, Unanswered):
        raise ValueError("`unanswered` cannot be a goal: while it plays, a page cannot tell it from a refusal")
    return Line(number, text, client, step)


def check_parts(first_line: int, words: list[str], goal: list[Line], hints: list[str]) -> list[Problem]:
    """What a challenge cannot do without."""
    missing = []
    if not words:
        missing.append("a challenge says in words what is asked: `# Have the server close the connection.`")
    if not goal:
        missing.append("a challenge needs a goal in the notation, such as `closed 4401`")
    if not hints:
        missing.append("a challenge needs a hint: `? Look at the close codes.`")
    return [Problem(first_line, message) for message in missing]


def reach(goal: list[Line], solution: Transcript) -> list[Line | None]:
    """For each line of the goal, the line of the solution that makes it true once it is played; None if none does.

    What the server's half shows has an order of its own, as in docs/assets/live/notation/goal.js.
    """
    rests = {is_servers: iter(solution.lines) for is_servers in (False, True)}
    return [
        next((line for line in rests[isinstance(wanted.step, ServerStep)] if shows(line, wanted)), None)
        for wanted in goal
    ]


def shows(line: Line, wanted: Line) -> bool:
    """Whether a line of the solution, once it has come true, makes a line of the goal true."""
    if type(line.step) is not type(wanted.step) or (wanted.client and line.client != wanted.client):
        return False
    (_, _, words), (_, _, pattern) = line.text.partition(" "), wanted.text.partition(" ")
    return words == pattern or match(pattern, spell_out(words) if words[:1] in ("{", "[") else words) is not None
