"""What tests of the server need besides it: one with an application that does as it is told, Django."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django import setup

from testing.ports import reserved_port
from testing.program import Program, start


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """See stage.py."""
    port = reserved_port()
    log = tmp_path_factory.mktemp("stage") / "log.txt"
    program = start(["sandbox_server.tests.stage", str(port)], log, f"http://127.0.0.1:{port}")
    yield program
    program.end()


@pytest.fixture
def connections() -> Iterator[ExitStack]:
    """Closes, at the end of a test, the connections that were entered into it."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Django, set up in the tests' own process with the project's settings and a database in a file."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DJANGO_SETTINGS_MODULE", "sandbox_server.settings")
        environment.delenv("SANDBOX_ORIGINS", raising=False)
        environment.setenv("DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('django') / 'db.sqlite3'}")
        setup()
