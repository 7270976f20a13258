"""What the failures of an area say with one environment's versions, and the entries whose texts are not among it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from live_docs.entries.compiled import compiled
from live_docs.entries.entry import Entry
from live_docs.entries.matching import find
from testing.project import ROOT

SHOWN_CHARACTERS = 1500


def heard(area: str, python: Path) -> dict[str, str]:
    """What each failure of a module says. Raises RuntimeError if the module itself fails."""
    command = [str(python), "-m", "failures", area]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {ended.returncode}:\n{ended.stderr}")
    said: dict[str, str] = json.loads(ended.stdout.splitlines()[-1])
    return said


def aged(area: str, said: dict[str, str], entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """Each entry one of whose texts is not what is printed, as often as it has such a text; and what was printed."""
    for entry in entries:
        scenes = [name for where, _, name in (scene.partition(":") for scene in entry.reproduce) if where == area]
        printed = "\n".join(said[name] for name in scenes)
        for text in entry.texts if scenes else ():
            if not any(one.how == "text" for one in find(alone(entry, text), printed)):
                yield entry.name, f"[{entry.name}] {text}\n    {scenes}: {printed[-SHOWN_CHARACTERS:]}"


def alone(entry: Entry, text: str) -> list[dict[str, object]]:
    """The entry, as if it had no other text."""
    (data,) = compiled([entry], ROOT, "")
    return [{**data, "texts": [known for known in data["texts"] if known["text"] == text]}]
