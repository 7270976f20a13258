"""Which entries a paste is about, best first, and why. docs/assets/entries/matching.js does the same: entry_cases.json
holds both to it.

The texts of entries are looked for in the paste, line by line and with its lines run together. The longer a text, the
more it says. What a traceback ends with counts twice, what stands within one half, what comes later a little more.
Where no text is there that says much, the lines are compared with the texts word by word; and if that finds nothing,
what was written is taken for a description (`described`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from live_docs.entries.described import described
from live_docs.entries.found import Found
from live_docs.entries.nearly import nearly
from live_docs.entries.paste import LABEL, Paste

INNER = re.compile(r"[A-Za-z0-9_]")
RAISED = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*(?::\s|$)")
"""How Python begins to say what was raised: `redis.exceptions.ConnectionError: …`."""

WHOLE = 0.9
"""So much of a line is all of it: full stops and quotation marks are left."""
WRAPPED = 0.9
MOST_FOUND = 8


def find(entries: list[dict[str, Any]], pasted: str) -> list[Found]:
    """The entries that are meant, of those that `compiled` wrote."""
    paste = Paste(pasted)
    if not paste.clean.strip():
        return []
    found = [best for at, entry in enumerate(entries) if (best := by_text(at, entry, paste)) is not None]
    is_all = sum(bool(line.strip()) for line in paste.lines) == 1 and any(one.whole for one in found)
    if all(entries[one.entry]["general"] for one in found) and not is_all:
        taken = {one.entry for one in found}
        found += [one for one in nearly(entries, paste) or by_description(entries, paste) if one.entry not in taken]
    found.sort(key=lambda one: (says_little(entries, one), -round(one.score, 3), one.entry))
    return found[:MOST_FOUND]


def unknown(pasted: str, found: list[Found]) -> str:
    """What a traceback ends with, if those found by a text are about what led there only.

    Empty if one is about the last line, if none has a text, or if there is no traceback.
    """
    paste = Paste(pasted)
    last, about = paste.last_word, [one.line for one in found if one.how in ("text", "nearly")]
    if last is None or not about or max(about) >= last:
        return ""
    said = LABEL.sub("", paste.lines[last - 1]).strip()
    return said if RAISED.match(said) else ""


def says_little(entries: list[dict[str, Any]], one: Found) -> bool:
    """Whether only a text of many causes is there: what a description has in common with an entry says more."""
    return entries[one.entry]["general"] and one.how in ("text", "nearly")


def by_description(entries: list[dict[str, Any]], paste: Paste) -> list[Found]:
    lines = [line.strip() for line in paste.lines if line.strip()]
    return [
        Found(one.entry, "words" if one.surely else "guess", 1, lines[0], "", one.score)
        for one in described(entries, lines)
    ]


def by_text(at: int, entry: dict[str, Any], paste: Paste) -> Found | None:
    """The best of an entry's texts that are in the paste."""
    best: Found | None = None
    for text in entry["texts"]:
        for start, end, factor in places(text, paste):
            line = paste.line_at(end)
            score = text["weight"] * factor * paste.factors[line]
            if best is None or score > best.score:
                came = paste.lines[line].strip()
                whole = end - start + 1 >= WHOLE * len(came)
                best = Found(at, "text", line + 1, came, text["text"], score, whole)
    return best


def places(text: dict[str, Any], paste: Paste) -> Iterator[tuple[int, int, float]]:
    """Where a text begins and ends in the paste: in its lines, else in what they are when run together.

    Each beginning is looked at, also within what began before: `ConnectionError: Error 111` has two.
    """
    source = everywhere(text["source"])
    for form, factor in ((paste.apart, 1.0), (paste.joined, WRAPPED)):
        found = [
            (form.at[match.start()], form.at[match.end(1) - 1])
            for match in source.finditer(form.text)
            if stands_alone(text, paste.clean, form.at[match.start()], form.at[match.end(1) - 1])
        ]
        if found:
            yield from ((start, end, factor) for start, end in found)
            return


@cache
def everywhere(source: str) -> re.Pattern[str]:
    """Finds it also within what began before. There are more texts than `re` keeps in mind."""
    return re.compile(f"(?=({source}))")


def stands_alone(text: dict[str, Any], clean: str, start: int, end: int) -> bool:
    """It begins and ends with a word, and not within one."""
    if not text["opens"] and start > 0 and INNER.match(clean[start]) and INNER.match(clean[start - 1]):
        return False
    return text["ends"] or end + 1 == len(clean) or not (INNER.match(clean[end]) and INNER.match(clean[end + 1]))
