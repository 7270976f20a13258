"""How transcripts once went is how they still go."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from testing.project import ROOT

RECORD_SECONDS = 1200

pytestmark = pytest.mark.only_browser("chromium")  # it starts one of its own


def record(*arguments: str, database: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "live_docs", "record", *arguments]
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}"}
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, timeout=RECORD_SECONDS)


@pytest.mark.long
@pytest.mark.program
def test_every_recorded_run_is_what_still_happens(browser_name: str, tmp_path: Path) -> None:
    """Each transcript of each page, played again: what moved is named with page, line and lane."""
    done = record("docs/", "--check", database=tmp_path / "db.sqlite3")
    assert done.returncode == 0, done.stdout
