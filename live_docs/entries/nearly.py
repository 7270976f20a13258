"""Entries one of whose texts has most of its words in a line: other versions say the same in other words.
docs/assets/entries/nearly.js does the same.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from live_docs.entries.found import Found
from live_docs.entries.normal import PLACEHOLDER, lowered
from live_docs.entries.paste import Paste
from live_docs.entries.terms import rareness

WORD = re.compile(r"[a-z0-9_]{2,}")
NAME = re.compile(r"\b([A-Za-z0-9_]{2,})\(\)|'([A-Za-z0-9_]{2,})'\)?\.?$", re.ASCII)
"""What a message is about: `name()`, or the `'name'` that it ends with. Another name's is another message."""
NUMBER = re.compile(r"\b[0-9]+\b", re.ASCII)
NEARLY = 0.7
ENOUGH_WORDS, LEAST_WORDS, LONGER = 5, 3, 2
"""So many words of a text are more than a sentence's frame: `… object has no attribute …`. Or all of a shorter one,
if there are so many and the line is no longer than so many times the text."""
MOST_LINES = 400


@cache
def parts_of(text: str) -> tuple[set[str], set[str], set[str]]:
    """An entry's text: its words, and what `needed` says of it."""
    return words_of(text), *needed(text)


def words_of(text: str) -> set[str]:
    return set(WORD.findall("".join(map(lowered, PLACEHOLDER.sub(" ", text)))))


def needed(text: str) -> tuple[set[str], set[str]]:
    """The names and the numbers without which no line is nearly a text: `takes 3` is not `takes 1`."""
    names = words_of(" ".join(called or ended for called, ended in NAME.findall(text)))
    return names, set(NUMBER.findall(PLACEHOLDER.sub(" ", text)))


def is_enough(both: int, text: int, line: int) -> bool:
    """Whether so many words of a text, in a line of so many, are more than what any sentence may share with it."""
    return both >= ENOUGH_WORDS or (both == text >= LEAST_WORDS and line <= LONGER * text)


def nearly(entries: list[dict[str, Any]], paste: Paste) -> list[Found]:
    """Entries one of whose texts has most of its words in a line."""
    known = [[(text["text"], *parts_of(text["text"])) for text in entry["texts"]] for entry in entries]
    rare = rareness([set().union(*(words for _, words, *_ in texts)) for texts in known])

    def weigh(words: set[str]) -> float:
        return sum(map(rare, sorted(words)))

    found: dict[int, Found] = {}
    lines = [(at, line.strip()) for at, line in enumerate(paste.lines) if line.strip() and paste.factors[at] >= 1]
    for number, line in lines[:MOST_LINES]:
        asked, counted = words_of(line), set(NUMBER.findall(line))
        for at, texts in enumerate(known):
            for text, words, names, numbers in texts:
                both = words & asked
                if not (names <= asked and numbers <= counted and is_enough(len(both), len(words), len(asked))):
                    continue
                if weigh(both) < NEARLY * weigh(words):
                    continue
                score = weigh(both) * paste.factors[number]
                if at not in found or score > found[at].score:
                    found[at] = Found(at, "nearly", number + 1, line, text, score)
    return list(found.values())
