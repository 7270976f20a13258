"""How much each word of an entry says of it, made once: `described` adds up what a description has of them.

After BM25F (Robertson and Zaragoza, *The Probabilistic Relevance Framework*, 2009): a word in the title counts more
than one in the mend, a second occurrence less than the first, a short entry's word more than a long one's. What people
call a thing otherwise stands in the entry: `asked`. Groups of synonyms for all entries were tried, and misled more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from live_docs.entries.terms import terms

FIELDS = {"title": 3.0, "words": 3.0, "asked": 2.0, "texts": 2.0, "see": 2.0, "why": 1.0, "mend": 0.5, "tell": 0.3}
SATURATION, LENGTH = 1.5, 0.4
MOST_TIMES = 2
"""So often a word counts in one field."""
REPORTED, MOST_REPORTS = 0.5, 3
"""What a report counts that has a word, and of how many reports a word counts. They make no entry longer: one that is
often met has many."""


def weighed(
    entries: Sequence[Mapping[str, str]], reported: Sequence[Mapping[str, int]] | None = None
) -> list[dict[str, float]]:
    """Of each entry, the plain text of each of FIELDS, and in how many reports on it a stem is: its stems and
    their weights, of 0 to 1 + SATURATION.
    """
    own = [occurrences(entry) for entry in entries]
    lengths = [sum(counts.values()) for counts in own]
    for counts, reports in zip(own, reported or [{}] * len(own), strict=True):
        for word, times in reports.items():
            counts[word] += REPORTED * min(times, MOST_REPORTS)
    usual = sum(lengths) / len(lengths) if any(lengths) else 1.0
    return [
        {
            word: round((SATURATION + 1) * count / (count + SATURATION * (1 - LENGTH + LENGTH * length / usual)), 2)
            for word, count in sorted(counts.items())
        }
        for counts, length in zip(own, lengths, strict=True)
    ]


def occurrences(entry: Mapping[str, str]) -> dict[str, float]:
    """How often each stem occurs, by what its field counts."""
    counts: dict[str, float] = defaultdict(float)
    for field, weight in FIELDS.items():
        for word, times in Counter(terms(entry[field])).items():
            counts[word] += weight * min(times, MOST_TIMES)
    return counts
