"""`python -m benchmarks.asked`: what the words of public reports are good for, in the search for error messages.

Reports (docs/symptoms/entries/reports.jsonl) are parted by their addresses. Each part is asked in turn, and counted is
for how many its entry comes first, or among the first three: with the entries alone, and with the other parts' words.
The entries were written by who had read these reports, so the first figure flatters most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from live_docs.entries.compiled import in_words
from live_docs.entries.described import described
from live_docs.entries.entry import read_entries
from live_docs.entries.reports import Report, by_entry, read_reports
from live_docs.entries.weighed import weighed
from testing.project import ROOT

FOLDER = ROOT / "docs/symptoms/entries"
PARTS, FIRST = 6, 3


def main() -> None:
    entries = read_entries(FOLDER)
    names = [entry.name for entry in entries]
    fields = [in_words(entry, ROOT) for entry in entries]
    reports = read_reports(FOLDER, names)
    parts = parted(reports)
    alone = ranked(weighed(fields), names, reports)
    counted: Counter[int] = Counter()
    for part in parts:
        others = [report for other in parts if other is not part for report in other]
        stems = by_entry(others)
        counted += ranked(weighed(fields, [stems[name] for name in names]), names, part)
    for name, ranks in (("entries alone", alone), ("with other reports", counted)):
        among = sum(ranks[rank] for rank in range(FIRST))
        print(f"{name:20} first {ranks[0]:4}, among {FIRST} {among:4}, of {len(reports)}")


def parted(reports: list[Report]) -> list[list[Report]]:
    """In the order of their addresses, so that reports on one entry come into many parts."""
    reports = sorted(reports, key=lambda report: report.source)
    return [reports[part::PARTS] for part in range(PARTS)]


def ranked(weights: Sequence[Mapping[str, float]], names: Sequence[str], reports: Sequence[Report]) -> Counter[int]:
    """How often the entry of a report is the first that is found, from 0, the second and so on."""
    entries = [{"terms": dict(own)} for own in weights]
    found = (([names[one.entry] for one in described(entries, [report.words])], report.entry) for report in reports)
    return Counter(names.index(entry) for names, entry in found if entry in names)


if __name__ == "__main__":
    main()
