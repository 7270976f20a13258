"""What tests of the server need besides it: one with an application that does as it is told, a Redis, Django."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django import setup

from testing.machine import find
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


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    """A real Redis of this test's own."""
    program = find("redis-server")
    assert program is not None, "redis-server is not on this machine: run `python -m testing.machine`"
    port = reserved_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    yield f"redis://127.0.0.1:{port}"
    process.terminate()
    process.wait()
