"""Finding the transcripts and the challenges in a page's Markdown, and every mistake in how they are fenced.

superfences turns a fence whose header it cannot read into ordinary code, in silence. So the headers
are read here too, from the source, where the line numbers are.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from live_docs.notation.challenge import Challenge, parse_challenge
from live_docs.notation.transcript import Problem, Transcript, TranscriptError, parse

LANES = re.compile(r"(javascript|wire|asgi|consumer)( (javascript|wire|asgi|consumer))*")
OPTIONS: dict[str, dict[str, re.Pattern[str]]] = {
    "live": {"title": re.compile(r".+"), "run": re.compile(r"visible"), "lanes": LANES},
    "challenge": {
        "title": re.compile(r".+"),
        "level": re.compile(r"easy|middle|sly"),
        "teaches": re.compile(r"(\w+-\d+)( \w+-\d+)*"),
        "start": re.compile(r"/\S*"),
        "lanes": LANES,
    },
}
"""What may follow each fence's name, and the values it may have."""

ALLOWED = {
    "live": 'title="…", run="visible" or lanes="javascript wire asgi consumer"',
    "challenge": 'title="…", level="easy", "middle" or "sly", teaches="consumers-3 symptom-25", start="/ws/echo/" '
    'or lanes="javascript wire asgi consumer"',
}

OPENING = re.compile(r"(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)")
OPTION = re.compile(r'\s*([a-zA-Z]\w*)="([^"]*)"(?=\s|$)')


@dataclass(frozen=True, slots=True)
class Fence:
    """One fenced block: the line of its opening, what follows the backticks, and its body."""

    line: int
    info: str
    body: str
    closed: bool


@dataclass(frozen=True, slots=True)
class LiveFence:
    """A transcript on a page: where its fence opens, its title, and the transcript."""

    line: int
    title: str
    transcript: Transcript


@dataclass(frozen=True, slots=True)
class ChallengeFence:
    """A challenge on a page: where its fence opens, its title, how hard it is, and what it exercises."""

    line: int
    title: str
    level: str
    teaches: tuple[str, ...]
    """Claims and symptoms by their names, such as `consumers-3` and `symptom-25`."""

    challenge: Challenge


@dataclass(slots=True)
class Page:
    """What was found in one Markdown file."""

    path: Path
    live: list[LiveFence] = field(default_factory=list)
    challenges: list[ChallengeFence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def transcripts(self) -> list[Transcript]:
        """Everything that can be played: the live fences, and the solutions of the challenges."""
        return [*(fence.transcript for fence in self.live), *(fence.challenge.solution for fence in self.challenges)]


def read_pages(root: Path) -> Iterator[Page]:
    """Every Markdown page below a folder (or the one file), in order of its path."""
    for path in [root] if root.is_file() else sorted(root.rglob("*.md")):
        yield read_page(path)


def read_page(path: Path) -> Page:
    """The transcripts of one Markdown file, and what is wrong with its fences."""
    page = Page(path)
    for fence in find_fences(path.read_text(encoding="utf-8")):
        name, _, header = fence.info.strip().partition(" ")
        if name in OPTIONS:
            read_fence(name, fence, header, page)
        elif message := mistaken_name(name):
            page.problems.append(Problem(fence.line, message))
    return page


def read_fence(name: str, fence: Fence, header: str, page: Page) -> None:
    """Add a live fence or a challenge to the page, or its problems."""
    options, messages = read_options(name, header)
    problems = [Problem(fence.line, message) for message in messages]
    page.problems += problems
    if not fence.closed:
        page.problems.append(Problem(fence.line, f"this {name} fence is never closed"))
        return
    title = options.get("title", "")
    try:
        if name == "live":
            live = LiveFence(fence.line, title, parse(fence.body, fence.line + 1))
            page.live += [] if problems else [live]
        else:
            challenge = parse_challenge(fence.body, fence.line + 1)
            teaches = tuple(options.get("teaches", "").split())
            found = ChallengeFence(fence.line, title, options.get("level", "easy"), teaches, challenge)
            page.challenges += [] if problems else [found]
    except TranscriptError as error:
        page.problems += error.problems


def find_fences(text: str) -> Iterator[Fence]:
    """The fenced blocks of a Markdown text, outermost only, indented ones included."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        opening = OPENING.fullmatch(lines[at])
        at += 1
        if not opening:
            continue
        first, indent = at, opening["indent"]
        end = re.compile(r"[ \t>]*" + re.escape(opening["fence"]) + r"[ \t]*")
        while at < len(lines) and not end.fullmatch(lines[at]):
            at += 1
        body = "\n".join(line.removeprefix(indent) for line in lines[first:at])
        yield Fence(first, opening["info"], body, closed=at < len(lines))
        at += 1


def read_options(name: str, header: str) -> tuple[dict[str, str], list[str]]:
    """The options of a fence's header, and what is wrong with the rest of it."""
    options = dict(OPTION.findall(header))
    problems = check_options(name, options)
    for word in OPTION.sub("", header).split():
        problems.append(f"`{word}` is no option of a {name} fence: write {ALLOWED[name]}, quotes included")
    return options, problems


def check_options(name: str, options: dict[str, str]) -> list[str]:
    """What is wrong with options that could be read."""
    known = OPTIONS[name]
    problems = [
        f'`{option}="{value}"` is no option of a {name} fence: write {ALLOWED[name]}'
        for option, value in options.items()
        if option not in known or not known[option].fullmatch(value)
    ]
    if name == "challenge" and "title" not in options:
        problems.append('a challenge needs a title="…": progress is kept by it')
    return problems


def mistaken_name(name: str) -> str | None:
    """What is wrong with a fence's name: it is neither ours nor a language that can be highlighted."""
    if not name or name.startswith("{"):
        return None
    try:
        get_lexer_by_name(name)
    except ClassNotFound:
        near = difflib.get_close_matches(
            name.lower(), [*OPTIONS, "python", "javascript", "bash", "nginx"], n=1, cutoff=0.5
        )
        hint = f": did you mean `{near[0]}`?" if near else ": use `live`, a language, or `text`"
        return f"`{name}` is no kind of fence{hint}"
    return None
