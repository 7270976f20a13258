"""How people put it: the words of public reports, and which entry each of them was about. `weighed` counts them.

One JSON object a line, in FILE beside the entries, in the order of the entries' names and then of the addresses:

    {"entry": "idle", "words": "30 disconnects nginx seconds", "source": "https://…"}

The words are those that say something (`terms`), each once and in order of the alphabet: what was counted, and no text
of somebody else's. What they are good for is measured by benchmarks/asked.py: some are counted, and others are asked.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from live_docs.entries.entry import EntryError
from live_docs.entries.terms import terms

FILE = "reports.jsonl"


@dataclass(frozen=True, slots=True)
class Report:
    """What one asker's words were, and where they asked."""

    entry: str
    words: str
    source: str


def read_reports(folder: Path, names: Collection[str]) -> list[Report]:
    """All reports on entries of these names. Raises EntryError with file and line."""
    file = folder / FILE
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    reports = []
    for number, line in enumerate(lines, 1):
        try:
            report = Report(**json.loads(line))
        except (ValueError, TypeError) as error:
            wrong = f"a line is an object with `entry`, `words` and `source`: {error}"
            raise EntryError(f"{file}:{number}: {wrong}") from None
        if report.entry not in names:
            raise EntryError(f"{file}:{number}: there is no entry {report.entry}: was it renamed?")
        reports.append(report)
    return reports


def by_entry(reports: Iterable[Report]) -> dict[str, Counter[str]]:
    """In how many reports on an entry each stem occurs."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        counts[report.entry].update(set(terms(report.words)))
    return counts
