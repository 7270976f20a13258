"""All entries of a folder as they are looked into: what was written, and the words of the reports beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from live_docs.entries.compiled import compiled
from live_docs.entries.entry import read_entries
from live_docs.entries.reports import by_entry, read_reports


def known(folder: Path, root: Path, docs: Path) -> list[dict[str, Any]]:
    """`root` is the project's folder, `docs` that of its pages; the areas' pages stand beside `folder`.

    Raises EntryError.
    """
    entries = read_entries(folder)
    reports = read_reports(folder, {entry.name for entry in entries})
    return compiled(entries, root, f"{folder.parent.relative_to(docs).as_posix()}/", by_entry(reports))
