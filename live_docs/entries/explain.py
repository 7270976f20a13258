"""`python -m live_docs explain < log.txt`: what a log is about, as the page's box tells it, in a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from live_docs.entries.entry import shown
from live_docs.entries.found import Found
from live_docs.entries.matching import find, unknown

WIDTH = 100
LONGEST_LINE = 160


def explain(entries: list[dict[str, Any]], pasted: str) -> list[str]:
    """The lines to print, none if nothing is known of it."""
    found = find(entries, pasted)
    last = cut(unknown(pasted, found)) if found else ""
    warned = (
        [f"None of the entries is about the last line, {last!r}. These are about what led there.", ""] if last else []
    )
    return warned + [line for one in found for line in told(entries[one.entry], one)]


def told(entry: dict[str, Any], found: Found) -> Iterator[str]:
    yield entry["title"]
    yield f"    {reason(found)}"
    for name, text in (("why", entry["why"]), ("mend", entry["mend"]), ("tell", entry["tell"])):
        if text:
            yield from textwrap.wrap(f"{name}: {text}", WIDTH, initial_indent="    ", subsequent_indent="      ")
    yield f"    {entry['url']}"
    yield ""


def reason(found: Found) -> str:
    """Why an entry is among those that are listed."""
    if found.how == "words":
        return "has these words"
    if found.how == "guess":
        return "a guess: shares some of these words"
    return f"line {found.line}{', nearly' if found.how == 'nearly' else ''}: {cut(found.came)} [{shown(found.text)}]"


def cut(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…"
