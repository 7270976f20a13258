"""A Markdown extension: entries of error messages, written out where a page says so, on a line of its own.

    <!-- entries AREA -->        each entry of the area, whole, under a heading with its address
    <!-- entries list AREA -->   a line for each, which leads to it on the area's page, and has its address here, too

The one option, `folder`, is where the entries are; the page of an area has its name and stands beside that folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from live_docs.entries.entry import Entry, EntryError, read_area, shown
from live_docs.entries.normal import BETWEEN

PLACE = re.compile(r"<!-- entries (list )?([a-z-]+) -->")

BEFORE_INCLUDES = 34
"""included_file has 33 and pymdownx.snippets 32: an entry may include what other pages say, too."""


class EntryList(Preprocessor):
    def __init__(self, md: Markdown, folder: str) -> None:
        super().__init__(md)
        self.folder = Path(folder)

    def run(self, lines: list[str]) -> list[str]:
        return [made for line in lines for made in self.made(line)]

    def made(self, line: str) -> list[str]:
        place = PLACE.fullmatch(line.strip())
        if place is None:
            return [line]
        file = self.folder / f"{place[2]}.toml"
        if not file.is_file():
            raise EntryError(f"{file} does not exist: `{line.strip()}` names an area")
        entries = read_area(file)
        written = listed(entries) if place[1] else [line for entry in entries for line in whole(entry)]
        return "\n".join(written).split("\n")


def listed(entries: list[Entry]) -> list[str]:
    """The search has each of them on its own page."""
    lines = (f"- [{entry.heading}]({entry.area}.md#{entry.name}){{ #{entry.name} }}" for entry in entries)
    return ["", '<div class="entries" data-search-exclude markdown>', "", *lines, "", "</div>", ""]


def whole(entry: Entry) -> Iterator[str]:
    """One entry as Markdown."""
    yield from ("", f"## {entry.heading} {{ #{entry.name} }}", "")
    for name, text in (
        ("", entry.see),
        ("Why", entry.why),
        ("What to do", entry.mend),
        ("Is it this one?", entry.tell),
    ):
        if text:
            yield from (*paragraph(name, text), "")
    yield from (word(entry), "")


def paragraph(name: str, text: str) -> Iterator[str]:
    """A text under its name; in the same line, unless it begins with what is included or with a list."""
    if not name:
        yield text
    elif text.startswith(("--8<--", "- ", "```")):
        yield from (f"**{name}{'' if name.endswith('?') else '.'}**", "", text)
    else:
        yield f"**{name}{'' if name.endswith('?') else '.'}** {text}"


def word(entry: Entry) -> str:
    """Where to see it, under which words it is known, and whose word all this is."""
    parts = [entry.live] if entry.live else []
    headed = () if entry.title else (*entry.texts, *entry.also)[:2]
    if more := [text for text in entry.texts if text not in headed]:
        parts.append(f"Also as {quoted(more)}.")
    if entry.reproduce:
        parts.append(f"Made to happen by a test{f' with {entry.seen}' if entry.seen else ''}.")
    elif entry.source and not entry.live:
        parts.append("Not reproduced here.")
    if heard := [text for text in entry.also if text not in headed]:
        parts.append(f"Reported as well, and not made to happen here: {quoted(heard)}.")
    if entry.source:
        parts.append(", ".join(f"[{named(url)}]({url})" for url in entry.source))
    return " ".join(parts) + "\n{ .entry-word }"


def quoted(texts: list[str]) -> str:
    """Each as code; pieces of one that lines stand between, such as those of a traceback, one after another."""
    return ", ".join(
        " and further down ".join(f"`{shown(part)}`" for part in text.split(BETWEEN) if part) for text in texts
    )


def named(url: str) -> str:
    """A link's words: the repository and the number, or the host and the last part."""
    parts = url.rstrip("/").removeprefix("https://").split("/")
    if parts[0] == "github.com" and len(parts) >= 5 and parts[3] in ("issues", "pull"):
        return f"{parts[2]}#{parts[4]}"
    return f"{parts[0].removeprefix('www.')}{': ' + parts[-1].partition('#')[0] if len(parts) > 1 else ''}"


class EntryListExtension(Extension):
    def __init__(self, **options: Any) -> None:
        self.config = {"folder": ["", "where the entries are, from the project's folder"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.register(EntryList(md, self.getConfig("folder")), "entry_list", BEFORE_INCLUDES)


def makeExtension(**options: Any) -> EntryListExtension:
    return EntryListExtension(**options)
