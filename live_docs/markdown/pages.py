"""Finding the transcripts and the challenges in a page's Markdown, and every mistake in how they are fenced.

superfences turns a fence whose header it cannot read into ordinary code, in silence. So the fences are found here
too, in the source, where the line numbers are. What may stand in a header is in fence_header.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from live_docs.markdown.fence_body import moved, problems_of, read_challenge, read_mend, read_transcript
from live_docs.markdown.fence_header import OPTIONS, mistaken_name, read_options
from live_docs.notation.challenge import Challenge
from live_docs.notation.mend import Mend
from live_docs.notation.transcript import Problem, Transcript, TranscriptError

FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<lines>.*?)^---[ \t]*(?:\n|$)", re.DOTALL | re.MULTILINE)
NAMED = re.compile(r"^(\w+):[ \t]+(\S.*?)[ \t]*$", re.MULTILINE)
CONNECT = re.compile(r"\s*(?:[a-z][a-z0-9_-]*: +)?connect /\S*(?: \S+=\S+)*\s*$", re.MULTILINE)
OPENING = re.compile(r"(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)")

READERS: dict[str, Callable[[str], Transcript | Challenge | Mend | TranscriptError]] = {
    "live": read_transcript,
    "challenge": read_challenge,
    "mend": read_mend,
}
"""What reads the body of each kind of fence."""


@dataclass(frozen=True, slots=True)
class Fence:
    """One fenced block: the line of its opening, what follows the backticks, its body, and its last line."""

    line: int
    info: str
    body: str
    last: int
    closed: bool

    @property
    def language(self) -> str:
        """The first word after the backticks."""
        return self.info.strip().partition(" ")[0]


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


@dataclass(frozen=True, slots=True)
class MendFence:
    """A fault on a page that a reader is to mend: where its fence opens, its title, and the module's file, which stands
    mended below the project's folder.
    """

    line: int
    title: str
    file: str
    mend: Mend


@dataclass(slots=True)
class Page:
    """What was found in one Markdown file."""

    path: Path
    front_matter: dict[str, str] = field(default_factory=dict)
    """The values that stand in one line: `name: value`."""

    prose: list[tuple[int, str]] = field(default_factory=list)
    """The lines outside of fences and front matter, with their numbers."""

    fences: list[Fence] = field(default_factory=list)
    live: list[LiveFence] = field(default_factory=list)
    challenges: list[ChallengeFence] = field(default_factory=list)
    mends: list[MendFence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Its first heading; its file's name if it has none."""
        return next((text.removeprefix("# ") for _, text in self.prose if text.startswith("# ")), self.path.stem)

    @property
    def transcripts(self) -> list[Transcript]:
        """What can be played on any server, and is recorded: the live fences, and the solutions of the challenges."""
        return [*(fence.transcript for fence in self.live), *(fence.challenge.solution for fence in self.challenges)]


def read_pages(root: Path) -> Iterator[Page]:
    """Every Markdown page below a folder (or the one file), in order of its path."""
    for path in [root] if root.is_file() else sorted(root.rglob("*.md")):
        yield read_page(path)


def read_page(path: Path) -> Page:
    """The transcripts of one Markdown file, and what is wrong with its fences."""
    text = path.read_text(encoding="utf-8")
    page = Page(path, read_front_matter(text), fences=list(find_fences(text)))
    page.prose = prose_of(text, page.fences)
    for fence in page.fences:
        name, _, header = fence.info.strip().partition(" ")
        if name in OPTIONS:
            read_fence(name, fence, header, page)
        elif message := mistaken_name(name):
            page.problems.append(Problem(fence.line, message))
        elif name in ("", "text") and begins_a_transcript(fence.body):
            page.problems.append(Problem(fence.line, "this transcript is never played: its fence is no ```live"))
    for number, line in page.prose:
        if begins_a_transcript(line):
            page.problems.append(Problem(number, "this transcript is never played: write it in a ```live fence"))
    return page


def read_front_matter(text: str) -> dict[str, str]:
    """The values of one line each between the two lines `---` that a page may begin with."""
    match = FRONT_MATTER.match(text)
    return dict(NAMED.findall(match["lines"])) if match else {}


def prose_of(text: str, fences: list[Fence]) -> list[tuple[int, str]]:
    """The lines of a page that are neither front matter nor in a fence, with their numbers."""
    match = FRONT_MATTER.match(text)
    skipped = set(range(1, match[0].count("\n") + 1)) if match else set[int]()
    for fence in fences:
        skipped.update(range(fence.line, fence.last + 1))
    return [(number, line) for number, line in enumerate(text.split("\n"), 1) if number not in skipped]


def begins_a_transcript(text: str) -> bool:
    """Whether the first line of a text reads as `connect /path`, which nobody writes who does not mean it."""
    return CONNECT.match(text) is not None


def read_fence(name: str, fence: Fence, header: str, page: Page) -> None:
    """Add a live fence, a challenge or a mend to the page, or its problems."""
    options, messages = read_options(name, header)
    problems = [Problem(fence.line, message) for message in messages]
    page.problems += problems
    if not fence.closed:
        page.problems.append(Problem(fence.line, f"this {name} fence is never closed"))
        return
    reading = READERS[name](fence.body)
    if isinstance(reading, TranscriptError):
        page.problems += problems_of(reading, fence.line)
    elif problems:
        return
    elif isinstance(reading, Transcript):
        page.live.append(LiveFence(fence.line, options.get("title", ""), moved(reading, fence.line)))
    elif isinstance(reading, Mend):
        page.mends.append(MendFence(fence.line, options["title"], options["file"], moved(reading, fence.line)))
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
        yield Fence(first, opening["info"], body, min(at + 1, len(lines)), closed=at < len(lines))
        at += 1
