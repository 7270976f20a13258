"""Taken home: what a page makes of a transcript is a Django project that keeps it, by its test and on its server."""

from __future__ import annotations

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from handed_out.reader import Reader
from live_docs.player.play import play
from testing.ports import reserved_port
from testing.program import Program
from testing.project import ROOT
from testing.taken_home import Taken, find_transcripts, take_home

PAGES = sorted(path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md"))

AT_ONCE = 4
"""Transcripts that are played beside each other: they mostly wait."""

SOME = {
    "an echo": "An echo, and its goodbye",
    "a group": "One says it, and all members hear it",
    "a log-in": "Logged out, and closed",
    "HTTP": "One application, two protocols",
}
"""One of each kind, by its title, on the page where it stands first."""


@pytest.fixture(scope="session")
def every(tmp_path_factory: pytest.TempPathFactory) -> list[Taken]:
    """All transcripts of all pages, taken home."""
    return take_home(list(find_transcripts(ROOT / "docs")), tmp_path_factory.mktemp("home"))


def reader_of(taken: Taken, folder: Path) -> Reader:
    taken.unpack(folder)
    return Reader(folder, Path(sys.executable).parent)


def passes(reader: Reader, tests: int) -> None:
    said = reader.call(["pytest", "-q"])
    assert f"{tests} passed" in said, said


def keeps(server: Program, taken: Taken) -> list[str]:
    """What goes differently on a server, line by line."""
    outcomes = list(play(taken.at_home, server.url, server.url, on="daphne"))
    assert outcomes, taken.where
    wrong = [outcome for outcome in outcomes if not outcome.ok]
    return [f"{taken.where}+{it.line.number}: {it.line.text}: {it.expected} / {it.came}" for it in wrong]


@pytest.mark.long
@pytest.mark.program
@pytest.mark.parametrize("title", SOME.values(), ids=SOME.keys())
def test_a_project_keeps_its_transcript(every: list[Taken], title: str, tmp_path: Path) -> None:
    """The commands of its README: set up, served, tested; and nothing but the transcript is asked of it."""
    taken = next(it for it in every if it.title == title)
    reader = reader_of(taken, tmp_path)
    passes(reader, 1)
    reader.call(["python", "manage.py", "migrate", "--verbosity=0"])
    port = str(reserved_port())
    with reader.start(["python", "manage.py", "runserver", port], f"http://127.0.0.1:{port}") as server:
        assert keeps(server, taken) == []


@pytest.mark.program
def test_a_project_has_its_sandbox_and_no_other(every: list[Taken], tmp_path: Path) -> None:
    """As the page prints it; and what it needs to be a project, with nothing left to fill in."""
    echo = next(it for it in every if it.title == SOME["an echo"])
    files = echo.unpack(tmp_path)
    sandboxes = {name for name in files if name.startswith("sandbox_server/sandboxes/")}
    assert sandboxes == {"sandbox_server/sandboxes/__init__.py", "sandbox_server/sandboxes/echo.py"}
    printed = (ROOT / "sandbox_server/sandboxes/echo.py").read_text(encoding="utf-8")
    assert (tmp_path / "sandbox_server/sandboxes/echo.py").read_text(encoding="utf-8") == printed
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert readme.startswith(f"# {echo.title}\n")
    assert "    pytest\n" in readme
    assert "insecure-0000" in (tmp_path / "mysite/settings.py").read_text(encoding="utf-8")
    assert re.fullmatch(r"(\S+==[\d.]+\n){6}", (tmp_path / "requirements.txt").read_text(encoding="utf-8"))


@pytest.mark.program
def test_what_cannot_be_taken_home_says_why(every: list[Taken]) -> None:
    """Only where nothing answers; and what has no test says that, in a sentence."""
    assert {it.why for it in every if it.why} <= {"Nothing answers at these paths, so there is nothing to take home."}
    assert sum(bool(it.why) for it in every) < len(every) / 20
    assert all(re.fullmatch(r"[A-Z0-9].+\.", it.untested) for it in every if it.untested)
    assert sum(bool(it.untested) for it in every) < len(every) / 4


@pytest.mark.program
@pytest.mark.long
@pytest.mark.parametrize("source", PAGES)
def test_every_project_of_a_page_keeps_its_transcript(every: list[Taken], source: str, tmp_path: Path) -> None:
    """Those that have the same files share one folder, one run of their tests, and one server."""
    alike: dict[frozenset[str], list[Taken]] = {}
    for taken in every:
        if taken.where.startswith(f"docs/{source}:") and not taken.why:
            alike.setdefault(taken.modules, []).append(taken)
    wrong = []
    for number, group in enumerate(alike.values()):
        reader = reader_of(group[0], tmp_path / str(number))
        (reader.folder / "test_transcript.py").unlink(missing_ok=True)
        tested = [taken for taken in group if not taken.untested]
        for at, taken in enumerate(tested):
            reader.write(f"test_{at}.py", taken.test)
        if tested:
            passes(reader, len(tested))
        reader.call(["python", "manage.py", "migrate", "--verbosity=0"])
        port = str(reserved_port())
        serve = ["python", "manage.py", "runserver", "--noreload", port]
        with reader.start(serve, f"http://127.0.0.1:{port}") as server, ThreadPoolExecutor(AT_ONCE) as pool:
            wrong += [line for lines in pool.map(partial(keeps, server), group) for line in lines]
    assert wrong == []
