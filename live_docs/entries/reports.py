"""How people put it: the words of public reports, and which entry each of them was about. `weighed` counts them.

One JSON object a line, in FILE beside the entries, in the order of the entries' names and then of the addresses:

    {"entry": "idle", "words": "30 disconnects nginx seconds", "source": "https://…"}

The words are those that say something (`terms`), each once and in order of the alphabet: what was counted, and no text
of somebody else's. What they are good for is measured by benchmarks/asked.py: some are counted, and others are asked.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection
from pathlib import Path

from live_docs.entries.entry import EntryError
from live_docs.entries.terms import terms

FILE = "reports.jsonl"


def read_reports(folder: Path, names: Collection[str]) -> dict[str, Counter[str]]:
    """In how many reports on an entry each stem occurs. Raises EntryError with file and line."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    file = folder / FILE
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    for number, line in enumerate(lines, 1):
        try:
            report = json.loads(line)
            entry, words, _ = report["entry"], report["words"], report["source"]
        except (ValueError, TypeError, KeyError) as error:
            wrong = f"a line is an object with `entry`, `words` and `source`: {error}"
            raise EntryError(f"{file}:{number}: {wrong}") from None
        if entry not in names:
            raise EntryError(f"{file}:{number}: there is no entry {entry}: was it renamed?")
        counts[entry].update(set(terms(words)))
    return counts
