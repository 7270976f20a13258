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
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from live_docs.entries.described import described
from live_docs.entries.normal import PLACEHOLDER, Form, cleaned, form_of, lowered
from live_docs.entries.terms import rareness

WORD = re.compile(r"[a-z0-9_]{2,}")
INNER = re.compile(r"[A-Za-z0-9_]")
LABEL = re.compile(r"^[\w.-]+ *\| ?")
"""What Docker puts before a line: `web-1  | `."""

WHOLE = 0.9
"""So much of a line is all of it: full stops and quotation marks are left."""
LAST_WORD, EARLIER_WORD, FRAME, WRAPPED, LATER = 2.0, 1.5, 0.5, 0.9, 0.1
NEARLY = 0.7
ENOUGH_WORDS, LEAST_WORDS, LONGER = 5, 3, 2
"""So many words of a text are more than a sentence's frame: `… object has no attribute …`. Or all of a shorter one,
if there are so many and the line is no longer than so many times the text."""
MOST_LINES, MOST_FOUND = 400, 8


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that is meant: by which line, counted from 1, and which of its texts."""

    entry: int
    how: str
    """`text`: the text is there. `nearly`: most of its words are. `words`: the entry has most of what was described.
    `guess`: it has some of it."""

    line: int
    came: str
    text: str
    score: float
    whole: bool = False
    """Of a text: it is all that the line says."""


class Paste:
    """What was pasted, in the forms in which it is looked at."""

    def __init__(self, pasted: str) -> None:
        self.clean = cleaned(pasted)
        self.lines = self.clean.split("\n")
        self.factors = factors(self.lines)

    @cached_property
    def apart(self) -> Form:
        return form_of(self.clean, apart=True)

    @cached_property
    def joined(self) -> Form:
        return form_of(self.clean, apart=False)

    def line_at(self, place: int) -> int:
        return self.clean.count("\n", 0, place)


def factors(lines: list[str]) -> list[float]:
    """How much each line counts."""
    counts, last, within = [1.0] * len(lines), -1, False
    for at, labelled in enumerate(lines):
        line = LABEL.sub("", labelled)
        if "Traceback (most recent call last)" in line:
            within = True
        elif within and line.strip():
            within = line[0] in " \t|+"
            counts[at] = FRAME if within else EARLIER_WORD
            last = last if within else at
    if last >= 0:
        counts[last] = LAST_WORD
    return [count * (1 + LATER * at / len(lines)) for at, count in enumerate(counts)]


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
    source = re.compile(f"(?=({text['source']}))")
    for form, factor in ((paste.apart, 1.0), (paste.joined, WRAPPED)):
        found = [
            (form.at[match.start()], form.at[match.end(1) - 1])
            for match in source.finditer(form.text)
            if stands_alone(text, paste.clean, form.at[match.start()], form.at[match.end(1) - 1])
        ]
        if found:
            yield from ((start, end, factor) for start, end in found)
            return


def stands_alone(text: dict[str, Any], clean: str, start: int, end: int) -> bool:
    """It begins and ends with a word, and not within one."""
    if not text["opens"] and start > 0 and INNER.match(clean[start]) and INNER.match(clean[start - 1]):
        return False
    return text["ends"] or end + 1 == len(clean) or not (INNER.match(clean[end]) and INNER.match(clean[end + 1]))


def words_of(text: str) -> set[str]:
    return set(WORD.findall("".join(map(lowered, PLACEHOLDER.sub(" ", text)))))


def is_enough(both: int, text: int, line: int) -> bool:
    """Whether so many words of a text, in a line of so many, are more than what any sentence may share with it."""
    return both >= ENOUGH_WORDS or (both == text >= LEAST_WORDS and line <= LONGER * text)


def nearly(entries: list[dict[str, Any]], paste: Paste) -> list[Found]:
    """Entries one of whose texts has most of its words in a line."""
    known = [[(text["text"], words_of(text["text"])) for text in entry["texts"]] for entry in entries]
    rare = rareness([set().union(*(words for _, words in texts)) for texts in known])

    def weigh(words: set[str]) -> float:
        return sum(map(rare, sorted(words)))

    found: dict[int, Found] = {}
    lines = [(at, line.strip()) for at, line in enumerate(paste.lines) if line.strip() and paste.factors[at] >= 1]
    for number, line in lines[:MOST_LINES]:
        asked = words_of(line)
        for at, texts in enumerate(known):
            for text, words in texts:
                both = words & asked
                if not is_enough(len(both), len(words), len(asked)) or weigh(both) < NEARLY * weigh(words):
                    continue
                score = weigh(both) * paste.factors[number]
                if at not in found or score > found[at].score:
                    found[at] = Found(at, "nearly", number + 1, line, text, score)
    return list(found.values())
