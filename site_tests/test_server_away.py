"""The server stops and starts under an open page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from testing.browser import Complaints
from testing.built_site import BuiltSite
from testing.program import Program
from testing.sandbox import Sandbox


class Home:
    """The site as files, and a sandbox server that can be started and killed."""

    def __init__(self, site: BuiltSite) -> None:
        self.site = site
        self.url = site.url
        self.sandbox: Program | None = None

    def start_server(self) -> None:
        self.sandbox = self.site.start_sandbox_server()

    def kill_server(self) -> None:
        if self.sandbox is not None:
            self.sandbox.process.kill()
            self.sandbox.process.wait()
            self.sandbox = None


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    site = BuiltSite(tmp_path_factory.mktemp("home"))
    yield site
    site.end()


@pytest.fixture
def home(built: BuiltSite, complaints: Complaints) -> Iterator[Home]:
    complaints.expected = {f":{built.sandbox_port}", f"ws://127.0.0.1:{built.sandbox_port}"}
    home = Home(built)
    yield home
    home.kill_server()


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
