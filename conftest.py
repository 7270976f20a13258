"""What tests of every room need: the real sandbox server, started once, a Redis, and the project's folder."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Generator, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

from testing.browser_player import Assets
from testing.own_redis import Redis
from testing.ports import reserved_port
from testing.program import Program, start, start_sandbox_server
from testing.project import ORIGIN, ROOT
from testing.yours import start_plain


def pytest_configure(config: pytest.Config) -> None:
    """Both browsers, unless the command line names some. Ctrl-C for those that tests start, even if a shell that runs
    the tests in the background has had it ignored.
    """
    config.addinivalue_line("markers", "program: starts a server, a browser or a build; `make check` leaves it out")
    config.addinivalue_line("markers", "long: takes long, and is left to `make test-long`")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if not config.option.browser:
        config.option.browser = ["chromium", "firefox"]


PROGRAMS = {
    "sandbox",
    "serve_with",
    "site_server",
    "plain_daphne",
    "stage",
    "cases_stage",
    "serve",
    "site",
    "project",
    "redis",
    "browser",
    "begun",
    "started",
    "node",
    "own_redis",
    "target",
}
"""Fixtures that start a program, or are there to have one started."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that start a program by the fixtures they ask for, so that `make check` can leave them out."""
    for item in items:
        if PROGRAMS.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("program")


@contextmanager
def loop_set_aside(item: pytest.Item) -> Iterator[None]:
    """Playwright's loop goes on in this thread once a test has had a browser: a test without one may run its own, and
    may have Django do what it refuses where a loop runs.
    """
    running = None if "playwright" in getattr(item, "fixturenames", ()) else asyncio._get_running_loop()
    if running is not None:
        asyncio._set_running_loop(None)
    try:
        yield
    finally:
        if running is not None:
            asyncio._set_running_loop(running)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    """The fixtures as well."""
    with loop_set_aside(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    with loop_set_aside(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, None, None]:
    """After the last test Playwright itself ends, which needs its loop."""
    with loop_set_aside(item) if nextitem else nullcontext():
        return (yield)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The real sandbox server on Daphne, with a database of its own."""
    program = start_sandbox_server(tmp_path_factory.mktemp("sandbox"))
    yield program
    program.end()


@pytest.fixture(scope="session")
def plain_daphne(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The sandboxes on plain Channels and plain Daphne, as a reader serves them."""
    program = start_plain("daphne", tmp_path_factory.mktemp("plain"))
    yield program
    program.end()


@pytest.fixture(scope="session")
def assets() -> Iterator[Assets]:
    """The widget's modules on an empty page."""
    server = Assets()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def cases_stage(tmp_path_factory: pytest.TempPathFactory, assets: Assets) -> Iterator[Program]:
    """The server on which both players are shown lies, the browser's by the page of `assets`. See testing/stage.py."""
    folder = tmp_path_factory.mktemp("cases")
    port = reserved_port()
    program = start(
        ["testing.stage", str(port)],
        folder / "log.txt",
        f"http://127.0.0.1:{port}",
        DATABASE_URL=f"sqlite:///{folder / 'db.sqlite3'}",
        SANDBOX_ORIGINS=f"{ORIGIN},{assets.origin}",
    )
    assets.sandbox_port = port
    yield program
    program.end()


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[Redis]:
    """A real Redis of this test's own, which it may end and begin again."""
    mine = Redis(tmp_path)
    yield mine
    mine.end()


@pytest.fixture
def redis(own_redis: Redis) -> str:
    """The address of one."""
    return own_redis.url
