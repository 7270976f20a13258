"""A page's source, whole: entries and files that a build would put in stand in it, and nothing is folded."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from markdown import Markdown

from live_docs.markdown.entry_list import EntryList
from live_docs.markdown.pages import FRONT_MATTER, find_fences

INCLUDE = re.compile(r'(?P<indent>[ \t>]*)-+8<-+ "(?P<file>[^":]+)(?::(?P<section>[\w-]+))?"[ \t]*')
MARKER = re.compile(r"-+8<-+ \[(?P<which>start|end): *(?P<section>[\w-]+) *\]")
FOLDED = re.compile(r'(?P<indent>[ \t]*)(?:!!!|\?\?\?\+?) (?P<kind>[\w-]+)(?: "(?P<title>.*)")?[ \t]*')
NAMED = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})\w+[ \t]*$")
TOOL = re.compile(r'^<div class="live"><tool-.*?</tool-[\w-]+></div>$', re.MULTILINE | re.DOTALL)
STEP = " " * 4


def whole_source(page: Path, root: Path, entries: Path | None) -> str:
    """The text of a page below `root`, the project's folder, without front matter and with all that it includes."""
    text = page.read_text(encoding="utf-8")
    match = FRONT_MATTER.match(text)
    lines = text[match.end() if match else 0 :].split("\n")
    if entries is not None:
        lines = EntryList(Markdown(), str(entries)).run(lines)
    return TOOL.sub(lambda tool: " ".join(tool[0].split()), "\n".join(unfolded(list(included(lines, root)))))


def included(lines: list[str], root: Path) -> Iterator[str]:
    """The lines, with those of the files that they include; a block of code says which file it is from."""
    inside = code_lines("\n".join(lines))
    for at, line in enumerate(lines):
        include = INCLUDE.fullmatch(line)
        if include:
            taken = section_of((root / include["file"]).read_text(encoding="utf-8"), include["section"])
            into = taken if at in inside else list(included(taken, root))
            yield from (f"{include['indent']}{each}".rstrip() for each in into)
        elif NAMED.match(line) and at + 1 < len(lines) and (named := INCLUDE.fullmatch(lines[at + 1])):
            yield f'{line.rstrip()} title="{named["file"]}"'
        else:
            yield line


def code_lines(text: str) -> set[int]:
    """The indexes of the lines that stand within fences."""
    return {at for fence in find_fences(text) for at in range(fence.line, fence.last - 1)}


def section_of(text: str, section: str | None) -> list[str]:
    """The lines of a file, or of one section of it, without the marks of sections."""
    taken, within = [], section is None
    for line in text.rstrip("\n").split("\n"):
        mark = MARKER.search(line)
        if mark is None:
            if within:
                taken.append(line)
        elif section is not None and mark["section"] == section:
            within = mark["which"] == "start"
    return taken if section is None else textwrap.dedent("\n".join(taken)).strip("\n").split("\n")


def unfolded(lines: list[str]) -> list[str]:
    """Boxes (`!!! note "…"`) and folds (`??? question "…"`) as a title in bold type, and what they hold under it."""
    made: list[str] = []
    at = 0
    while at < len(lines):
        folded = FOLDED.fullmatch(lines[at])
        at += 1
        if folded is None:
            made.append(lines[at - 1])
            continue
        inner, indent = [], folded["indent"] + STEP
        while at < len(lines) and (not lines[at].strip() or lines[at].startswith(indent)):
            inner.append(f"{folded['indent']}{lines[at][len(indent) :]}".rstrip())
            at += 1
        made += [f"{folded['indent']}**{folded['title'] or folded['kind'].title()}**", "", *unfolded(inner)]
    return made
