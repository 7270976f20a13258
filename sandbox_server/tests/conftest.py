"""What tests of the server need besides it: one with an application that does as it is told, Django."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django import setup

from sandbox_server.tests.small_site import write_site
from testing.ports import reserved_port
from testing.program import Program, start, start_sandbox_server


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """See stage.py."""
    port = reserved_port()
    log = tmp_path_factory.mktemp("stage") / "log.txt"
    program = start(["sandbox_server.tests.stage", str(port)], log, f"http://127.0.0.1:{port}")
    yield program
    program.end()


@pytest.fixture
def serve_with(tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Starts the real server with settings of the test's own, as the environment has them, and ends it."""
    programs: list[Program] = []

    def serve(shares_with: Program | None = None, **settings: object) -> Program:
        """`shares_with` is a server whose database and key it is to have."""
        number = len(programs) if shares_with is None else programs.index(shares_with)
        environment = {
            "DATABASE_URL": f"sqlite:///{tmp_path / f'db{number}.sqlite3'}",
            "SECRET_KEY": "of these tests, and of nothing else: 0123456789",
            **{name: str(value) for name, value in settings.items()},
        }
        programs.append(start_sandbox_server(tmp_path, f"log{len(programs)}.txt", **environment))
        return programs[-1]

    yield serve
    for program in programs:
        program.end()


@pytest.fixture(scope="session")
def site_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The real server, with a small site. See small_site.py."""
    folder = tmp_path_factory.mktemp("served")
    program = start_sandbox_server(folder, SANDBOX_PROXIES="127.0.0.5", SANDBOX_SITE=str(write_site(folder)))
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
def tables(project: None) -> None:
    """The database, with its tables."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
