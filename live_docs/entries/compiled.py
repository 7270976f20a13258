"""The entries as one JSON, which the page's box, the site's search and the terminal look into."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from live_docs.entries.entry import Entry
from live_docs.entries.normal import pattern_of
from live_docs.entries.weighed import weighed

INCLUDE = re.compile(r'--8<-- "([^":]+)(?::([\w-]+))?"')
LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
CODE = re.compile(r"`[^`]*`")
KEPT = re.compile(r"\0(\d+)\0")
EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])")
NOTE = re.compile(r"\[\^[^\]]+\]|\{[ :][^}]*\}")


def compiled(
    entries: list[Entry], root: Path, pages: str, reports: Mapping[str, Mapping[str, int]] | None = None
) -> list[dict[str, Any]]:
    """What is looked into. `pages` is where the areas' pages are: `symptoms/`; `reports` are those on each entry, in
    words.
    """
    reported = [(reports or {}).get(entry.name, {}) for entry in entries]
    terms = weighed([in_words(entry, root) for entry in entries], reported)
    return [
        {
            "name": entry.name,
            "title": plain(entry.heading),
            "url": f"{pages}{entry.area}/#{entry.name}",
            "why": plain(included(entry.why, root)),
            "mend": plain(included(entry.mend, root)),
            "tell": plain(included(entry.tell, root)),
            "general": entry.general,
            "texts": [compiled_text(text) for text in (*entry.texts, *entry.also)],
            "terms": weights,
        }
        for entry, weights in zip(entries, terms, strict=True)
    ]


def in_words(entry: Entry, root: Path) -> dict[str, str]:
    """Each field as plain text; the address counts as part of the title."""
    fields = {name: plain(included(getattr(entry, name), root)) for name in ("see", "words", "why", "mend", "tell")}
    name = entry.name.replace("-", " ")
    texts, asked = "\n".join((*entry.texts, *entry.also)), "\n".join(entry.asked)
    return fields | {"title": f"{plain(entry.heading)} {name}", "texts": texts, "asked": asked}


def compiled_text(text: str) -> dict[str, Any]:
    """A text, and the pattern to look for."""
    pattern = pattern_of(text)
    return {
        "text": text,
        "source": pattern.source,
        "weight": pattern.weight,
        "opens": pattern.opens,
        "ends": pattern.ends,
    }


def included(text: str, root: Path) -> str:
    """A text with what it includes of a file, from the project's folder."""

    def section(match: re.Match[str]) -> str:
        whole = (root / match[1]).read_text(encoding="utf-8")
        if not match[2]:
            return whole
        marks = rf"--8<-- \[start:{match[2]}\] -->\n(.*?)<!-- --8<-- \[end:{match[2]}\]"
        found = re.search(marks, whole, re.DOTALL)
        return found[1] if found else ""

    return INCLUDE.sub(section, text)


def plain(markdown: str) -> str:
    """Markdown as words: no marks, no links, no notes, one line. Code stays as it is, whatever signs it has."""
    code: list[str] = []

    def keep(match: re.Match[str]) -> str:
        code.append(match[0].strip("`"))
        return f"\0{len(code) - 1}\0"

    text = NOTE.sub("", LINK.sub(r"\1", CODE.sub(keep, markdown)))
    text = EMPHASIS.sub("", text.replace("**", ""))
    return " ".join(KEPT.sub(lambda match: code[int(match[1])], text).split())
