"""The server stops and starts under an open page, on a site that was built without the one that runs in a page."""

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from testing.browser import Complaints
from testing.built_site import BuiltSite
from testing.program import Program
from testing.sandbox import Sandbox

COME_BACK = "() => { dispatchEvent(new Event('focus')); return document.querySelector('.live-away').hidden; }"
"""The reader has been in a terminal: the page looks again when they return to its window."""


pytestmark = pytest.mark.long  # it builds a site of its own


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
    shutil.rmtree(site.files / "assets" / "here", ignore_errors=True)
    yield site
    site.end()


@pytest.fixture
def home(built: BuiltSite, complaints: Complaints) -> Iterator[Home]:
    complaints.expected = {f":{built.sandbox_port}", "CORS", "/here/manifest.json", "404"}
    home = Home(built)
    yield home
    home.kill_server()


def test_a_page_opened_without_a_server_says_so_and_recovers(page: Page, home: Home) -> None:
    """In a word where it would run, and once on the page how to start one; then it works without a reload."""
    page.goto(home.url + "learn/websockets/")
    sandbox = Sandbox(page)
    away = sandbox.root.locator(".live-away")
    expect(away).to_have_text("The server is away.")
    notice = page.get_by_role("complementary", name="The sandbox server")
    expect(notice).to_have_count(1)
    expect(notice).to_contain_text("make serve")
    expect(notice).to_be_in_viewport(ratio=1)
    assert re.fullmatch(r"The server is away\. Shown is how it went on \d+ \w+ \d{4}\.", sandbox.run())
    assert set(sandbox.outcomes()) == {None}
    home.start_server()
    page.wait_for_function(COME_BACK)
    expect(away).to_be_hidden()
    expect(notice).to_have_count(0)
    assert sandbox.run() == "All 7 lines went as written."


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_tool_that_was_seen_without_a_server_begins_when_it_has_come(page: Page, home: Home) -> None:
    """As it would have at once."""
    page.goto(home.url + "learn/routing/")
    tool = page.locator("tool-routes").first
    tool.scroll_into_view_if_needed()
    expect(tool.locator(".live-away")).to_have_text("The server is away.")
    home.start_server()
    page.wait_for_function(COME_BACK)
    expect(tool.locator(".routes-verdict")).not_to_be_empty()


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_notice_that_was_put_away_does_not_come_again(page: Page, home: Home) -> None:
    """Nor on the next page, nor after a reload."""
    page.goto(home.url)
    notice = page.get_by_role("complementary", name="The sandbox server")
    notice.get_by_role("button", name="Look again").click()
    expect(notice).to_contain_text("Still not.")
    notice.get_by_role("button", name="Close").click()
    expect(notice).to_have_count(0)
    page.goto(home.url + "learn/websockets/")
    expect(Sandbox(page).root.locator(".live-away")).to_be_visible()
    expect(notice).to_have_count(0)


@pytest.mark.only_browser("chromium")  # a page that may not read an answer learns that there was one, in every engine
def test_a_server_that_refuses_the_page_is_not_told_to_be_away(page: Page, home: Home) -> None:
    """It knows the site at 127.0.0.1, and not at localhost."""
    home.start_server()
    page.goto(home.url.replace("127.0.0.1", "localhost") + "learn/websockets/")
    expect(Sandbox(page).root.locator(".live-away")).to_have_text("The server refuses this page.")
    notice = page.get_by_role("complementary", name="The sandbox server")
    expect(notice).to_contain_text("refuses pages from http://localhost")
    expect(notice).to_contain_text("SANDBOX_ORIGINS=http://localhost")


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
    page.wait_for_function(COME_BACK)
    expect(away).to_be_hidden()
    assert sandbox.run() == "All 7 lines went as written."
