"""The site as `mkdocs serve` serves it, two browsers, and a page that notices what goes wrong on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from testing.browser import EVERYTHING_IS_NEAR, PATIENCE_MS, Complaints
from testing.machine import launch_options
from testing.ports import reserved_port
from testing.program import Program, start
from testing.sandbox import LANES, Sandbox

expect.set_options(timeout=PATIENCE_MS)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what a test's `only_browser` says that the other browser cannot be made to do. In the second browser a
    test is `long`, if it is not `soon_in_both`: two browsers take twice the time, and most of what one finds, both do.
    """
    items[:] = [item for item in items if runs_in(item)]
    for item in items:
        if browser_of(item) == "firefox" and item.get_closest_marker("soon_in_both") is None:
            item.add_marker("long")


def browser_of(item: pytest.Item) -> str:
    """The browser's name, or nothing for a test that asks for none."""
    callspec = getattr(item, "callspec", None)
    return str(callspec.params.get("browser_name", "")) if callspec else ""


def runs_in(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("only_browser")
    return mark is None or browser_of(item) in mark.args


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_name: str, pytestconfig: pytest.Config) -> dict[str, Any]:
    """pytest-playwright's hook for how a browser is started."""
    return launch_options(browser_name, headed=pytestconfig.getoption("--headed"))


@pytest.fixture(scope="session")
def base_url() -> None:
    """Instead of pytest-base-url's, which pytest 9.2 warns of: the tests name whole addresses."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """`mkdocs serve`, with the sandbox server that it starts beside the site."""
    folder = tmp_path_factory.mktemp("site")
    port = reserved_port()
    program = start(
        ["mkdocs", "serve", "--no-livereload", "-a", f"127.0.0.1:{port}"],
        folder / "log.txt",
        f"http://127.0.0.1:{port}/",
        SANDBOX_PORT="0",
        DATABASE_URL=f"sqlite:///{folder / 'db.sqlite3'}",
    )
    yield program
    program.end()


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


@pytest.fixture
def page(page: Page, complaints: Complaints) -> Iterator[Page]:
    """A browser page that fails its test if the reader's console would have shown an error."""
    page.set_default_timeout(PATIENCE_MS)
    complaints.listen(page)
    page.add_init_script(EVERYTHING_IS_NEAR)
    yield page
    assert complaints.heard == []


@pytest.fixture
def echo(page: Page, site: Program) -> Sandbox:
    """The first sandbox on the page about WebSockets: an echo. All lanes are open."""
    page.goto(site.url + "learn/websockets/")
    sandbox = Sandbox(page)
    sandbox.show_lanes(*LANES)
    return sandbox
