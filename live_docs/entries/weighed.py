"""How much each word of an entry says of it, made once: `described` adds up what a description has of them.

After BM25F (Robertson and Zaragoza, *The Probabilistic Relevance Framework*, 2009): a word in the title counts more
than one in the mend, a second occurrence less than the first, a short entry's word more than a long one's. Words that
people use for the same thing count less than the entry's own: `synonyms.txt`, beside the entries, has a group a line.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from live_docs.entries.terms import stem, terms

FIELDS = {"title": 3.0, "words": 3.0, "texts": 2.0, "see": 2.0, "why": 1.0, "mend": 0.5, "tell": 0.3}
SATURATION, LENGTH, SYNONYM = 1.5, 0.4, 0.4
MOST_TIMES = 2
"""So often a word counts in one field."""
SYNONYMS = "synonyms.txt"


def read_synonyms(folder: Path) -> dict[str, set[str]]:
    """Of each stem the others of its groups; none if the entries have no such file."""
    file = folder / SYNONYMS
    others: dict[str, set[str]] = defaultdict(set)
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        group = {stem(word) for word in line.split()}
        for word in group:
            others[word] |= group - {word}
    return others


def weighed(entries: list[dict[str, str]], synonyms: dict[str, set[str]]) -> list[dict[str, float]]:
    """Of each entry, the plain text of each of FIELDS: its stems and their weights, of 0 to 1 + SATURATION."""
    own = [occurrences(entry) for entry in entries]
    lengths = [sum(counts.values()) for counts in own]
    usual = sum(lengths) / len(lengths) if any(lengths) else 1.0
    return [
        {
            word: round((SATURATION + 1) * count / (count + SATURATION * (1 - LENGTH + LENGTH * length / usual)), 2)
            for word, count in sorted(with_synonyms(counts, synonyms).items())
        }
        for counts, length in zip(own, lengths, strict=True)
    ]


def occurrences(entry: dict[str, str]) -> dict[str, float]:
    """How often each stem occurs, by what its field counts."""
    counts: dict[str, float] = defaultdict(float)
    for field, weight in FIELDS.items():
        for word, times in Counter(terms(entry[field])).items():
            counts[word] += weight * min(times, MOST_TIMES)
    return counts


def with_synonyms(counts: dict[str, float], synonyms: dict[str, set[str]]) -> dict[str, float]:
    others: dict[str, float] = defaultdict(float)
    for word, count in counts.items():
        for other in synonyms.get(word, ()):
            others[other] = max(others[other], count * SYNONYM)
    return {**others, **counts}
