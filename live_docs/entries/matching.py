"""Which entries a paste is about, best first, and why. docs/assets/entries/matching.js does the same: entry_cases.json
holds both to it.

The texts of entries are looked for in the paste, line by line and with its lines run together. The longer a text, the
more it says. What a traceback ends with counts twice, what stands within one half, what comes later a little more.
Where no text is there that says much, the lines are compared word by word; a few words that were typed, too.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from live_docs.entries.normal import PLACEHOLDER, Form, cleaned, form_of, lowered

WORD = re.compile(r"[a-z0-9_]{2,}")
INNER = re.compile(r"[A-Za-z0-9_]")
LABEL = re.compile(r"^[\w.-]+ *\| ?")
"""What Docker puts before a line: `web-1  | `."""

LAST_WORD, EARLIER_WORD, FRAME, WRAPPED, LATER = 2.0, 1.5, 0.5, 0.9, 0.1
NEARLY, TYPED, FEW_WORDS = 0.7, 0.6, 20
ENOUGH_WORDS = 5
"""So many words of a text, or all of it, are more than the frame of a sentence: `… object has no attribute …`."""
LITTLE_WORDS = frozenset(
    re.findall(
        r"\w+",
        "an and are as at be but by can do does for from has have how if in is it me my of on only or our so that the"
        " there they this to was we when why with you",
    )
)
"""Of what was typed, words that say nothing of what it is about."""
MOST_GUESSES, GUESSED_WORDS, GUESSED_WEIGHT = 3, 3, 2.5
"""Of a description in whose words nothing was found: so many entries that share so many of its words, whose weight is
that of so many words which are in no entry."""
UNKNOWN, STEM = 8, 4
"""A word that no entry has weighs as one that so many have. Of so many letters on, a word's beginning is the word."""
MOST_LINES, MOST_FOUND = 400, 8


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that is meant: by which line, counted from 1, and which of its texts."""

    entry: int
    how: str
    """`text`: the text is there. `nearly`: most of its words are. `words`: the entry has the words that were typed.
    `guess`: it shares some of them."""

    line: int
    came: str
    text: str
    score: float


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
    if all(entries[one.entry]["general"] for one in found):
        taken = {one.entry for one in found}
        found += [one for one in by_words(entries, paste) if one.entry not in taken]
    found = found or guesses(entries, paste)
    found.sort(key=lambda one: (entries[one.entry]["general"], -round(one.score, 3), one.entry))
    return found[:MOST_FOUND]


def guesses(entries: list[dict[str, Any]], paste: Paste) -> list[Found]:
    """Of one line, however long: the entries that share most with it, their causes included."""
    lines = [line.strip() for line in paste.lines if line.strip()]
    if len(lines) != 1:
        return []
    asked = words_of(lines[0]) - LITTLE_WORDS
    own = [words_of(" ".join([own_words(entry), entry["why"]])) for entry in entries]
    weigh = weights(own)
    least = GUESSED_WEIGHT * weigh({""})
    shared = [(at, asked & words) for at, words in enumerate(own) if len(asked & words) >= GUESSED_WORDS]
    found = [Found(at, "guess", 1, lines[0], "", weight) for at, both in shared if (weight := weigh(both)) >= least]
    return sorted(found, key=lambda one: (-round(one.score, 3), one.entry))[:MOST_GUESSES]


def own_words(entry: dict[str, Any]) -> str:
    return " ".join([*(text["text"] for text in entry["texts"]), entry["words"]])


def weights(own: list[set[str]]) -> Callable[[set[str]], float]:
    """What words say: the more, the fewer entries have them."""
    common = Counter(word for words in own for word in words)
    return lambda words: sum(math.log(1 + len(own) / common.get(word, UNKNOWN)) for word in sorted(words))


def by_text(at: int, entry: dict[str, Any], paste: Paste) -> Found | None:
    """The best of an entry's texts that are in the paste."""
    best: Found | None = None
    for text in entry["texts"]:
        for place, factor in places(text, paste):
            line = paste.line_at(place)
            score = text["weight"] * factor * paste.factors[line]
            if best is None or score > best.score:
                best = Found(at, "text", line + 1, paste.lines[line].strip(), text["text"], score)
    return best


def places(text: dict[str, Any], paste: Paste) -> Iterator[tuple[int, float]]:
    """Where a text ends in the paste: in its lines, else in what they are when run together.

    Each beginning is looked at, also within what began before: `ConnectionError: Error 111` has two.
    """
    source = re.compile(f"(?=({text['source']}))")
    for form, factor in ((paste.apart, 1.0), (paste.joined, WRAPPED)):
        ends = [
            form.at[match.end(1) - 1]
            for match in source.finditer(form.text)
            if stands_alone(text, paste.clean, form.at[match.start()], form.at[match.end(1) - 1])
        ]
        if ends:
            yield from ((end, factor) for end in ends)
            return


def stands_alone(text: dict[str, Any], clean: str, start: int, end: int) -> bool:
    """It begins and ends with a word, and not within one."""
    if not text["opens"] and start > 0 and INNER.match(clean[start]) and INNER.match(clean[start - 1]):
        return False
    return text["ends"] or end + 1 == len(clean) or not (INNER.match(clean[end]) and INNER.match(clean[end + 1]))


def words_of(text: str) -> set[str]:
    return set(WORD.findall("".join(map(lowered, PLACEHOLDER.sub(" ", text)))))


def alike(asked: str, known: str) -> bool:
    """The same word, or the beginning of it, or an ending more: `drop` and `dropping`."""
    return known.startswith(asked) or (len(known) >= STEM and asked.startswith(known))


def by_words(entries: list[dict[str, Any]], paste: Paste) -> list[Found]:
    """Entries one of whose texts has most of its words in a line; or, of a few words typed, those that have them."""
    own = [words_of(own_words(entry)) for entry in entries]
    weigh = weights(own)
    texts = [
        [(text["text"], words, weigh(words)) for text in entry["texts"] if len(words := words_of(text["text"])) >= 3]
        for entry in entries
    ]
    found: dict[int, Found] = {}

    def note(one: Found) -> None:
        if one.entry not in found or one.score > found[one.entry].score:
            found[one.entry] = one

    lines = [(at, line.strip()) for at, line in enumerate(paste.lines) if line.strip() and paste.factors[at] >= 1]
    for number, line in lines[:MOST_LINES]:
        asked = words_of(line)
        for at, known in enumerate(texts):
            for text, words, weight in known:
                shared = weigh(words & asked)
                if shared >= NEARLY * weight and (len(words & asked) >= ENOUGH_WORDS or words <= asked):
                    note(Found(at, "nearly", number + 1, line, text, shared * paste.factors[number]))
    asked = words_of(lines[0][1]) - LITTLE_WORDS if len(lines) == 1 else set[str]()
    if not 0 < len(asked) <= FEW_WORDS:
        return list(found.values())
    for at, words in enumerate(own):
        there = {word for word in asked if any(alike(word, other) for other in words)}
        share = weigh(there) / weigh(asked)
        if share >= TYPED:
            note(Found(at, "words", 1, lines[0][1], "", share * share + len(there & words) / 100))
    return list(found.values())
