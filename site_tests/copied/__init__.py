"""Running what "Copy as" hands out, each kind as its reader would: in a terminal, with Python, in a page, with pytest.

Every `run` here takes texts by their names and returns, by name again, what went wrong with those that failed.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

AT_ONCE = 3
PATIENCE_SECONDS = 20
ALL_SECONDS = 900
"""How long all texts of one kind may take together."""

SLOWER = 12
"""What a text waits for is printed for its reader's machine: so many times as long, where that was too short."""

Texts = dict[str, str]
Failures = dict[str, str]


def plain_environment(**more: str) -> dict[str, str]:
    """This process's environment as a reader's would be: nothing of pytest in it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DJANGO_"))}
    return {**kept, **more}


def readers_python() -> str:
    """The Python that runs what was copied: this one, unless `make newest` names another."""
    return str(Path(os.environ.get("READER_PROGRAMS") or Path(sys.executable).parent) / "python")


def run_patiently(run: Callable[[Texts], Failures], texts: Texts) -> Failures:
    """Those that fail are run once more, and wait longer: this machine may be busier than a reader's."""
    failures = run(texts)
    return run({name: patient(texts[name]) for name in failures}) if failures else failures


def patient(text: str) -> str:
    return re.sub(r"(?<=timeout=)\d+", lambda seconds: str(int(seconds[0]) * SLOWER), text)
