"""The playground's examples, taken home: each is a Django project that keeps its transcript, on CPython and Daphne."""

from __future__ import annotations

from pathlib import Path

import pytest

from handed_out.home.examples import EXAMPLES, example, examples
from handed_out.tests.test_home import keeps, passes, reader_of
from live_docs.notation.transcript import parse
from testing.ports import reserved_port
from testing.taken_home import Taken, take_home


@pytest.fixture(scope="session")
def taken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Taken]:
    """All of them, by their titles."""
    works = {work["title"]: work for work in examples()}
    transcripts = [(f"playground/{title}", title, parse(work["transcript"])) for title, work in works.items()]
    made = take_home(transcripts, tmp_path_factory.mktemp("playground"), works)
    return {one.title: one for one in made}


@pytest.mark.program
@pytest.mark.long
@pytest.mark.parametrize("title", [work["title"] for work in examples()])
def test_an_example_taken_home_keeps_its_transcript(taken: dict[str, Taken], title: str, tmp_path: Path) -> None:
    """By its test, and on `runserver`."""
    one = taken[title]
    assert not one.why
    reader = reader_of(one, tmp_path)
    if not one.untested:
        passes(reader, 1)
    reader.call(["python", "manage.py", "migrate", "--verbosity=0"])
    port = str(reserved_port())
    serve = ["python", "manage.py", "runserver", "--noreload", port]
    with reader.start(serve, f"http://127.0.0.1:{port}") as server:
        assert keeps(server, one) == []


@pytest.mark.program
def test_a_project_has_the_playgrounds_modules_and_no_sandbox_of_the_site(taken: dict[str, Taken]) -> None:
    """What the reader wrote is there as they wrote it; only what puts it in is added."""
    names = taken["An echo"].modules
    assert {"playground/__init__.py", "playground/consumers.py", "playground/routing.py"} <= names
    sandboxes = {name for name in names if name.startswith("sandbox_server/sandboxes/")}
    assert sandboxes == {"sandbox_server/sandboxes/__init__.py", "sandbox_server/sandboxes/aa_playground.py"}


def test_an_example_is_a_folder_with_its_name_in_its_transcript(tmp_path: Path) -> None:
    """Nobody keeps a list; a folder without a name is an error that says what to write."""
    assert {folder.name for folder in EXAMPLES.iterdir() if folder.name[0].isdigit()} == {
        folder.parent.name for folder in EXAMPLES.glob("*/transcript.txt")
    }
    (tmp_path / "transcript.txt").write_text("connect /ws/\n")
    with pytest.raises(ValueError, match="begins with no note"):
        example(tmp_path)
