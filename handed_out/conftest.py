"""A reader's project for tests, made once, and copied for each. Its own test file is run there, not here."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from handed_out.reader import Reader

collect_ignore = ["project"]


@pytest.fixture(scope="session")
def reader_programs() -> Path:
    """The versions pinned here, or those of the folder READER_PROGRAMS."""
    return Path(os.environ.get("READER_PROGRAMS") or Path(sys.executable).parent)


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory, reader_programs: Path) -> Reader:
    """A project that has no layer yet."""
    reader = Reader(tmp_path_factory.mktemp("begun"), reader_programs)
    reader.begin()
    return reader


@pytest.fixture
def reader(begun: Reader, tmp_path: Path) -> Reader:
    """A project for one test."""
    return begun.again(tmp_path / "project")
