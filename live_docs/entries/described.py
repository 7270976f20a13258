"""Which entries a description is about: a question or a symptom, in somebody's own words, no message in it.

Each word that an entry has counts by how much it says of that entry (`weighed`) and by how few entries have it. What
the entry has of all that was said counts as well: two words of two are more than two of twenty.
docs/assets/entries/described.js does the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from live_docs.entries.terms import rareness, terms

MOST_LINES, MOST_TERMS = 6, 40
"""Who writes more pastes a log."""
BEGINNING = 3
"""Of so many letters on, the beginning of a word stands for the words that begin so: who types is still at it."""
WORDS, GUESS, GUESSED_TERMS = 0.7, 0.4, 2
"""Of all that was said, the share that an entry has: from here on it has these words; from here on it is a guess,
if so many words are there."""
LONG_SHARE, LONG_SCORE, LONG_TERMS = 0.2, 20.0, 4
"""Who writes whole sentences says much that no entry has: of so many words, a smaller share that scores so much."""
BESIDE_BEST, MOST_FOUND = 0.6, 4
"""Entries that score less than so much of the best one are not shown, nor are more than so many."""


@dataclass(frozen=True, slots=True)
class Described:
    """An entry's place in the list, whether it has most of what was said, and its score."""

    entry: int
    surely: bool
    score: float


def described(entries: list[dict[str, Any]], lines: list[str]) -> list[Described]:
    """The entries that are meant, best first."""
    if len(lines) > MOST_LINES:
        return []
    weigh = rareness([entry["terms"] for entry in entries])
    asked = list(dict.fromkeys(word for line in lines for word in terms(line)))[:MOST_TERMS]
    known = {word for entry in entries for word in entry["terms"]}
    meant = [begun_or_whole(word, known) for word in asked]
    total = sum(weigh(words[0]) for words in meant)
    found = [one for at, entry in enumerate(entries) if (one := scored(at, entry["terms"], meant, weigh, total))]
    found.sort(key=lambda one: (-round(one.score, 3), one.entry))
    return [one for one in found if one.score >= BESIDE_BEST * found[0].score][:MOST_FOUND]


def begun_or_whole(word: str, known: set[str]) -> list[str]:
    """The word, if an entry has it; else the known words that begin with it; else the unknown word."""
    if word in known or len(word) < BEGINNING:
        return [word]
    return sorted(other for other in known if other.startswith(word)) or [word]


def scored(
    at: int, own: dict[str, float], meant: list[list[str]], weigh: Callable[[str], float], total: float
) -> Described | None:
    """What an entry has of what was said; None if it is too little."""
    best = [max(((own[word], word) for word in words if word in own), default=None) for words in meant]
    there = [one for one in best if one is not None]
    score = sum(weight * weigh(word) for weight, word in there)
    share = sum(min(1.0, weight) * weigh(word) for weight, word in there) / total if total else 0.0
    surely = share >= WORDS
    score *= 0.5 + share
    short = share >= GUESS and len(there) >= GUESSED_TERMS
    long = share >= LONG_SHARE and len(there) >= LONG_TERMS and score >= LONG_SCORE
    return Described(at, surely, score) if surely or short or long else None
