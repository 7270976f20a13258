"""Finding the transcripts and the challenges in a page's Markdown, and every mistake in how they are fenced.

superfences turns a fence whose header it cannot read into ordinary code, in silence. So the fences are found here
too, in the source, where the line numbers are. What may stand in a header is in fence_header.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from live_docs.markdown.fence_body import moved, problems_of, read_challenge, read_transcript
from live_docs.markdown.fence_header import OPTIONS, mistaken_name, read_options
from live_docs.notation.challenge import Challenge
from live_docs.notation.transcript import Problem, Transcript, TranscriptError

OPENING = re.compile(r"(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)")


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
    reading = read_transcript(fence.body) if name == "live" else read_challenge(fence.body)
    if isinstance(reading, TranscriptError):
        page.problems += problems_of(reading, fence.line)
    elif problems:
        return
    elif isinstance(reading, Transcript):
        page.live.append(LiveFence(fence.line, options.get("title", ""), moved(reading, fence.line)))
    else:
        level, teaches = options.get("level", "easy"), tuple(options.get("teaches", "").split())
        challenge = moved(reading, fence.line)
        page.challenges.append(ChallengeFence(fence.line, options["title"], level, teaches, challenge))


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
