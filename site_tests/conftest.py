"""The site, two browsers, and a page that notices what goes wrong on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from testing.browser import EVERYTHING_IS_NEAR, PATIENCE_MS, Complaints
from testing.machine import launch_options
from testing.program import Program
from testing.sandbox import LANES, Sandbox
from testing.shared_site import Site, served

expect.set_options(timeout=PATIENCE_MS)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what a test's `only_browser` says that the other browser cannot be made to do. In the second browser
    all are `long`: two browsers take twice the time, and most of what one finds, both do.
    """
    items[:] = [item for item in items if runs_in(item)]
    for item in items:
        if browser_of(item) == "firefox":
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
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Program]:
    """The built site, with a sandbox server beside it. All workers of a run share what was built."""
    folder = tmp_path_factory.mktemp("site")
    shared = folder.parent if worker_id == "master" else folder.parent.parent
    program = served(shared, folder)
    yield program
    program.end()


@pytest.fixture
def killable(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Site]:
    """The same, for one test, which may kill the sandbox server and start it again. However long that takes, the server
    forgets nobody meanwhile.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    site = served(shared, tmp_path, SANDBOX_DURABLE_SECONDS="100000")
    yield site
    site.end()


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
