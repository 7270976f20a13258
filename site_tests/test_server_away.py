"""The server stops and starts under an open page."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from testing.browser import Complaints
from testing.ports import reserved_port
from testing.program import Program, start
from testing.sandbox import Sandbox


class Home:
    """The site as files behind a plain web server, and a sandbox server that can be stopped and started."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.folder = folder
        self.site_port, self.port = reserved_port(), reserved_port()
        self.url = f"http://127.0.0.1:{self.site_port}/"
        environment = os.environ | {"SANDBOX_PORT": str(self.port), "SITE_URL": self.url, "NO_MKDOCS_2_WARNING": "1"}
        command = [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-d", str(folder / "site")]
        subprocess.run(command, cwd=root, env=environment, check=True)
        files = ["http.server", str(self.site_port), "--bind=127.0.0.1", f"--directory={folder / 'site'}"]
        self.site = start(files, folder / "site.log", self.url)
        self.sandbox: Program | None = None

    def start_server(self) -> None:
        self.sandbox = start(
            ["sandbox_server", f"--port={self.port}"],
            self.folder / "sandbox.log",
            f"http://127.0.0.1:{self.port}",
            DATABASE_URL=f"sqlite:///{self.folder / 'db.sqlite3'}",
            SANDBOX_ORIGINS=self.url.rstrip("/"),
        )

    def kill_server(self) -> None:
        if self.sandbox is not None:
            self.sandbox.process.kill()
            self.sandbox.process.wait()
            self.sandbox = None


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    home = Home(root, tmp_path_factory.mktemp("home"))
    yield home
    home.site.end()


@pytest.fixture
def home(built: Home, complaints: Complaints) -> Iterator[Home]:
    complaints.expected = {f":{built.port}", f"ws://127.0.0.1:{built.port}"}
    yield built
    built.kill_server()


def test_a_page_opened_without_a_server_says_so_and_recovers(page: Page, home: Home) -> None:
    """It says how to start one, and when one answers it works without a reload."""
    page.goto(home.url + "learn/websockets/")
    sandbox = Sandbox(page)
    away = sandbox.root.locator(".live-away")
    expect(away).to_contain_text("make serve")
    assert sandbox.run() == "The server is away."
    assert set(sandbox.outcomes()) == {None}
    home.start_server()
    expect(away).to_be_hidden()
    assert sandbox.run() == "All 7 lines went as written."


def test_a_server_killed_under_an_open_socket_is_noticed(page: Page, home: Home) -> None:
    """The timeline shows the unclean close; the page says that the server is away, and recovers."""
    home.start_server()
    page.goto(home.url + "learn/websockets/")
    sandbox = Sandbox(page)
    sandbox.open_play()
    sandbox.button("Connect").click()
    expect(sandbox.states).to_have_text("OPEN")
    home.kill_server()
    expect(sandbox.happenings.last).to_contain_text("close code=1006")
    expect(sandbox.happenings.last).to_contain_text("wasClean=false")
    away = sandbox.root.locator(".live-away")
    expect(away).to_be_visible()
    home.start_server()
    expect(away).to_be_hidden()
    assert sandbox.run() == "All 7 lines went as written."
