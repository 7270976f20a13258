"""The live elements of built pages: whether each fence became one, and whether two generators made the same of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from live_docs.markdown.pages import Page, read_page

BLOCK = re.compile(r'<div class="live">.*?</(?:live|tool)-[\w-]+>\s*</div>', re.DOTALL)
"""One widget with all that it holds. A challenge's sandbox stands within it, in no such block of its own."""

BETWEEN_TAGS = re.compile(r">\s+<")
FOR_THE_SEARCH = " data-search-exclude"
"""One generator takes it off once its search has heeded it."""


def widgets_of(html: str) -> list[str]:
    """Each widget's HTML, without what two generators may write differently though it means the same."""
    return [BETWEEN_TAGS.sub("><", block).replace(FOR_THE_SEARCH, "") for block in BLOCK.findall(html)]


def swallowed(page: Page, html: str) -> str | None:
    """What to say if not every fence of a page's source is a widget on the page: something swallowed it."""
    at = [fence.line for kind in (page.live, page.challenges, page.mends) for fence in kind]
    if page.problems or html.count("<live-sandbox") == len(at):
        return None
    return f"of the live fences at line {', '.join(map(str, at))}, not every one reached the page"


def check_built(docs: Path, site: Path) -> Iterator[str]:
    """What is missing on the built pages, one line each."""
    for source in sorted(docs.rglob("*.md")):
        page = site / address_of(source.relative_to(docs))
        if not page.is_file():
            yield f"{page}: {source} was not built"
        elif missing := swallowed(read_page(source), page.read_text(encoding="utf-8")):
            yield f"{source}: {missing}"


def compare(docs: Path, one: Path, other: Path) -> Iterator[str]:
    """Where the widgets of two built sites differ, one line each."""
    for source in sorted(docs.rglob("*.md")):
        name = address_of(source.relative_to(docs))
        here, there = (widgets_of((site / name).read_text(encoding="utf-8")) for site in (one, other))
        if len(here) != len(there):
            yield f"{name}: {len(here)} widgets in {one}, {len(there)} in {other}"
        for number, (left, right) in enumerate(zip(here, there, strict=False), 1):
            if left != right:
                yield f"{name}: widget {number} differs: {difference(left, right)}"


def difference(left: str, right: str) -> str:
    """The first place where two texts part, with a little of what is around it."""
    at = next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    return f"…{left[max(at - 30, 0) : at + 40]}… and …{right[max(at - 30, 0) : at + 40]}…"


def address_of(source: Path) -> Path:
    """The file that a generator makes of a page."""
    return source.with_suffix(".html") if source.stem == "index" else source.with_suffix("") / "index.html"
