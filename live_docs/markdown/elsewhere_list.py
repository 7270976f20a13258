"""All lines of all pages that go differently elsewhere, as Markdown: a section for each kind, a link to each line.

A page includes the sections (`--8<-- "includes/elsewhere.md:closed-1006"`) and says of each kind why it is so. The file
is written by `python -m live_docs elsewhere docs/` and kept with the pages: `check` says when it is out of date.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from live_docs.markdown.fence import address, slug
from live_docs.markdown.pages import Page
from live_docs.notation.elsewhere import NO_FRAME, Elsewhere, Nothing
from live_docs.notation.steps import Closed, Connect, Request
from live_docs.notation.transcript import Line, Transcript

HEADER = "<!-- Written by `make elsewhere` from the lines of the pages: change it there. -->\n"


@dataclass(frozen=True, slots=True)
class Place:
    """A line that goes differently elsewhere: the page, the line's address on it, and the path that was asked for."""

    page: Page
    anchor: str
    path: str
    line: Line

    @property
    def kinds(self) -> dict[str, list[Elsewhere]]:
        """How it goes elsewhere, by kind."""
        kinds: dict[str, list[Elsewhere]] = {}
        for there in self.line.elsewhere:
            kinds.setdefault(kind_of(self.line, there), []).append(there)
        return kinds


def kind_of(line: Line, there: Elsewhere) -> str:
    """What goes differently: the two steps, and of two closes, whether it is the code, the reason or the frame."""
    if isinstance(line.step, Closed) and isinstance(there.came, Closed):
        if there.came.code == line.step.code:
            return "closed-reason"
        return f"closed-{NO_FRAME}" if there.came.code == NO_FRAME else "closed-code"
    return f"{line.step.do}-{there.came.do}"


def places(pages: list[Page]) -> Iterator[Place]:
    """The lines, in the order of the pages."""
    for page in pages:
        found = [(fence.line, fence.title, fence.transcript) for fence in page.live]
        found += [(fence.line, fence.title, fence.challenge.solution) for fence in page.challenges]
        for opening, title, transcript in sorted(found, key=lambda fence: fence[0]):
            yield from places_in(page, opening, title, transcript)


def places_in(page: Page, opening: int, title: str, transcript: Transcript) -> Iterator[Place]:
    paths: dict[str, str] = {}
    for line in transcript.lines:
        if isinstance(line.step, Connect | Request):
            paths[line.client] = line.step.path
        if line.elsewhere:
            yield Place(page, address(slug(title), line.number - opening), paths[line.client], line)


def list_elsewhere(pages: list[Page], docs: Path, page: Path) -> str:
    """The sections, for `page` in the folder `docs`."""
    sections: dict[str, dict[str, list[Place]]] = {}
    for place in places(pages):
        for kind, elsewhere in place.kinds.items():
            for words in dict.fromkeys(there.text for there in elsewhere):
                servers = " and ".join(there.where for there in elsewhere if there.text == words)
                came = "nothing comes" if words == Nothing.do else f"`{words}`"
                said = f"`{place.line.text}`, on {servers} {came}"
                sections.setdefault(kind, {}).setdefault(said, []).append(place)
    text = HEADER
    for kind, listed in sorted(sections.items()):
        items = "".join(f"- {said}:{links(found, docs, page)}\n" for said, found in listed.items())
        text += f"\n<!-- --8<-- [start:{kind}] -->\n{items}<!-- --8<-- [end:{kind}] -->\n"
    return text


def links(found: list[Place], docs: Path, page: Path) -> str:
    """A link to each line, by the path that was asked for: in one line, or a line for each page.

    They are HTML: MkDocs looks for the target of a Markdown link before it has asked the fences for their HTML, and
    warns that there is none.
    """
    of: dict[str, list[str]] = {}
    for place in found:
        url = posixpath.relpath(url_of(docs, place.page.path), url_of(docs, page))
        of.setdefault(place.page.title, []).append(f'<a href="{url}/#{place.anchor}">`{place.path}`</a>')
    apart = "\n    - " if len(of) > 1 else " "
    return "".join(f"{apart}{title}, {', '.join(linked)}" for title, linked in of.items())


def url_of(docs: Path, page: Path) -> str:
    """Where a generator puts a page: in a folder of its own, as MkDocs does unless it is told otherwise."""
    return page.resolve().relative_to(docs.resolve()).with_suffix("").as_posix().removesuffix("index") or "."
