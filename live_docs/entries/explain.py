"""`python -m live_docs explain < log.txt`: what a log is about, as the page's box tells it, in a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from live_docs.entries.entry import shown
from live_docs.entries.matching import Found, find

WIDTH = 100
LONGEST_LINE = 160


def explain(entries: list[dict[str, Any]], pasted: str) -> list[str]:
    """The lines to print, none if nothing is known of it."""
    return [line for found in find(entries, pasted) for line in told(entries[found.entry], found)]


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
    came = found.came if len(found.came) <= LONGEST_LINE else f"{found.came[:LONGEST_LINE]}…"
    if found.how == "words":
        return "has these words"
    if found.how == "guess":
        return "a guess: shares some of these words"
    return f"line {found.line}{', nearly' if found.how == 'nearly' else ''}: {came} [{shown(found.text)}]"
