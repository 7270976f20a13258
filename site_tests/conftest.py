"""The site as `mkdocs serve` serves it, two browsers, and a page that notices what goes wrong on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request, Response

from conftest import Program, free_port, start
from site_tests.browsers import launch_options

PATIENCE_MS = 15_000


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_name: str, pytestconfig: pytest.Config) -> dict[str, Any]:
    """pytest-playwright's hook for how a browser is started."""
    return {"headless": not pytestconfig.getoption("--headed"), **launch_options(browser_name)}


@pytest.fixture(scope="session")
def base_url() -> None:
    """Instead of pytest-base-url's, which pytest 9.2 warns of: the tests name whole addresses."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """`mkdocs serve`, with the sandbox server that it starts beside the site."""
    folder = tmp_path_factory.mktemp("site")
    port = free_port()
    program = start(
        ["mkdocs", "serve", "--no-livereload", "-a", f"127.0.0.1:{port}"],
        folder / "log.txt",
        f"http://127.0.0.1:{port}/",
        SANDBOX_PORT="0",
        DATABASE_URL=f"sqlite:///{folder / 'db.sqlite3'}",
    )
    yield program
    program.end()


@dataclass
class Complaints:
    """What a reader would find in the browser's console, and requests that failed."""

    heard: list[str] = field(default_factory=list)
    refused_paths: set[str] = field(default_factory=set)
    """Handshakes that the page's transcripts expect to be refused: every browser logs those as errors."""

    def listen(self, page: Page) -> None:
        page.on("console", self.on_console)
        page.on("pageerror", lambda error: self.heard.append(f"uncaught: {error}"))
        page.on("requestfailed", self.on_failure)
        page.on("response", self.on_response)

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not self.is_expected(message.text):
            self.heard.append(f"console: {message.text}")

    def is_expected(self, text: str) -> bool:
        return any(re.search(rf"wss?://[^/ ]+{re.escape(path)}", text) for path in self.refused_paths)

    def on_failure(self, request: Request) -> None:
        if not request.url.startswith("ws"):
            self.heard.append(f"failed: {request.url} {request.failure}")

    def on_response(self, response: Response) -> None:
        if response.status >= 400 and not response.url.startswith("ws"):
            self.heard.append(f"{response.status}: {response.url}")


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


@pytest.fixture
def page(page: Page, complaints: Complaints) -> Iterator[Page]:
    """A browser page that fails its test if the reader's console would have shown an error."""
    page.set_default_timeout(PATIENCE_MS)
    complaints.listen(page)
    yield page
    assert complaints.heard == []
