"""A recorded run, the transcript that it belongs to, and the file in which a page's runs are kept.

A file is JSON with a happening a line, so that a change can be read where it is reviewed. A run is found by what its
transcript says, so that a fence may be moved about, and renamed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from live_docs.notation.transcript import Transcript

KEY_DIGITS = 12

Happening = dict[str, Any]
"""A row of the diagram: a `Happening` of docs/assets/live/notation/types.js, with `at` counted from the first one."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a transcript went: the day, in ISO 8601, who took part, in which version, and what happened, in order."""

    on: str
    versions: dict[str, str]
    happened: list[Happening]


def key_of(transcript: Transcript) -> str:
    """A short name for what a transcript says: its clients and its words, without its notes."""
    text = "\n".join(f"{line.client}: {line.text}" for line in transcript.lines)
    return sha256(text.encode()).hexdigest()[:KEY_DIGITS]


def file_of(page: Path, docs: Path, folder: Path) -> Path:
    """Where the runs of a page are kept: under its address, since that is what a browser knows of it."""
    address = page.resolve().relative_to(docs.resolve()).with_suffix("")
    below = address.name == "index" and address.parent != Path()
    return folder / f"{(address.parent if below else address).as_posix()}.json"


def read_runs(file: Path) -> dict[str, Run]:
    """The runs in a file by their keys; none if there is no such file."""
    try:
        return parsed(file, file.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}


@lru_cache(maxsize=256)
def parsed(file: Path, changed: int) -> dict[str, Run]:
    """The same, read once for each time that the file was `changed`."""
    runs = json.loads(file.read_text(encoding="utf-8"))
    return {key: Run(run["on"], run["with"], run["happened"]) for key, run in runs.items()}


def written(runs: dict[str, Run]) -> str:
    """Runs as the text of their file."""
    return "{\n" + ",\n".join(f"{compact(key)}:{run_written(run)}" for key, run in runs.items()) + "\n}\n"


def run_written(run: Run) -> str:
    happened = ",\n".join(map(compact, run.happened))
    return f'{{"on":{compact(run.on)},"with":{compact(run.versions)},"happened":[\n{happened}\n]}}'


def compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
