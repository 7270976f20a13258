"""Finding the transcripts in a page's Markdown, and every mistake in how they are fenced.

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

from live_docs.transcript import Problem, Transcript, TranscriptError, parse

NAME = "live"
OPTIONS: dict[str, re.Pattern[str]] = {
    "title": re.compile(r".+"),
    "run": re.compile(r"visible"),
    "lanes": re.compile(r"(javascript|wire|asgi|consumer)( (javascript|wire|asgi|consumer))*"),
}
"""What may follow the fence's name, and the values it may have."""

ALLOWED = 'title="…", run="visible" or lanes="javascript wire asgi consumer"'

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


@dataclass(slots=True)
class Page:
    """What was found in one Markdown file."""

    path: Path
    live: list[LiveFence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_pages(root: Path) -> Iterator[Page]:
    """Every Markdown page below a folder (or the one file), in order of its path."""
    for path in [root] if root.is_file() else sorted(root.rglob("*.md")):
        yield read_page(path)


def read_page(path: Path) -> Page:
    """The transcripts of one Markdown file, and what is wrong with its fences."""
    page = Page(path)
    for fence in find_fences(path.read_text(encoding="utf-8")):
        name, _, header = fence.info.strip().partition(" ")
        if name == NAME:
            read_live(fence, header, page)
        elif message := mistaken_name(name):
            page.problems.append(Problem(fence.line, message))
    return page


def read_live(fence: Fence, header: str, page: Page) -> None:
    """Add a live fence to the page, or its problems."""
    options, problems = read_options(header)
    page.problems += [Problem(fence.line, message) for message in problems]
    if not fence.closed:
        page.problems.append(Problem(fence.line, "this live fence is never closed"))
        return
    try:
        transcript = parse(fence.body, fence.line + 1)
    except TranscriptError as error:
        page.problems += error.problems
        return
    if not problems:
        page.live.append(LiveFence(fence.line, options.get("title", ""), transcript))


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


def read_options(header: str) -> tuple[dict[str, str], list[str]]:
    """The options of a live fence's header, and what is wrong with the rest of it."""
    options = dict(OPTION.findall(header))
    problems = check_options(options)
    for word in OPTION.sub("", header).split():
        problems.append(f"`{word}` is no option of a live fence: write {ALLOWED}, quotes included")
    return options, problems


def check_options(options: dict[str, str]) -> list[str]:
    """What is wrong with options that could be read."""
    return [
        f'`{name}="{value}"` is no option of a live fence: write {ALLOWED}'
        for name, value in options.items()
        if name not in OPTIONS or not OPTIONS[name].fullmatch(value)
    ]


def mistaken_name(name: str) -> str | None:
    """What is wrong with a fence's name: it is neither ours nor a language that can be highlighted."""
    if not name or name.startswith("{"):
        return None
    try:
        get_lexer_by_name(name)
    except ClassNotFound:
        near = difflib.get_close_matches(name.lower(), [NAME, "python", "javascript", "bash", "nginx"], n=1, cutoff=0.5)
        hint = f": did you mean `{near[0]}`?" if near else ": use `live`, a language, or `text`"
        return f"`{name}` is no kind of fence{hint}"
    return None
