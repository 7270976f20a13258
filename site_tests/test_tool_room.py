"""The tools on the page about groups: rooms, with a second browser in one of them, and the channel that is full."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from testing.browser import Complaints
from testing.own_redis import Redis
from testing.ports import reserved_port
from testing.program import Program, start
from testing.sandbox import wake_all

ADDRESS = "learn/groups/"


class Client:
    """One of the tool's two clients, as a reader sees it."""

    def __init__(self, page: Page, number: int = 0) -> None:
        self.panel = page.locator(".room-panel").nth(number)
        self.log: Locator = self.panel.get_by_role("log")

    def press(self, name: str) -> None:
        self.panel.get_by_role("button", name=name, exact=True).click()

    def say(self, words: str) -> None:
        """Type it, and press Enter."""
        field = self.panel.get_by_role("textbox", name="message")
        field.fill(words)
        field.press("Enter")

    def expect_to_hear(self, words: str) -> None:
        expect(self.log.get_by_text(words, exact=True)).to_have_count(1)

    def expect_to_be(self, words: str) -> None:
        expect(self.panel.locator(".room-state")).to_have_text(words)


@pytest.fixture
def elsewhere(browser: Browser) -> Iterator[Page]:
    """A page in another browser: no cookie and no storage shared with the first."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def make_room(page: Page) -> str:
    """Press the button, wait until both clients are in, and return the link."""
    page.get_by_role("button", name="Make a room").click()
    Client(page, 0).expect_to_be("is guest 1")
    Client(page, 1).expect_to_be("is guest 2")
    return page.get_by_role("textbox", name="link").input_value()


def test_two_clients_on_one_page_and_one_in_another_browser(page: Page, site: Program, elsewhere: Page) -> None:
    """All hear all, markup stays text, the link leaves no trace in the address, and who leaves the page is out."""
    page.goto(site.url + ADDRESS)
    link = make_room(page)
    first, second, invited = Client(page, 0), Client(page, 1), Client(elsewhere)
    first.say("<img src=x onerror=alert(1)> hello")
    second.expect_to_hear("guest 1: <img src=x onerror=alert(1)> hello")
    first.expect_to_hear("guest 1 (you): <img src=x onerror=alert(1)> hello")
    elsewhere.goto(link)
    invited.expect_to_be("is guest 3")
    assert "#" not in elsewhere.url
    second.expect_to_hear("guest 3 joined; in the room: 3")
    invited.say("hello from elsewhere")
    second.expect_to_hear("guest 3: hello from elsewhere")
    expect(invited.log.get_by_text("guest 1:")).to_have_count(0)  # nothing from before it came
    page.locator(".md-logo").first.click()
    expect(page.locator("tool-room")).to_have_count(0)
    for gone in ("guest 1", "guest 2"):
        expect(invited.log.get_by_text(f"{gone} left; in the room:")).to_have_count(1)
    invited.say("anybody?")
    invited.expect_to_hear("guest 3 (you): anybody?")


def test_a_room_that_all_have_left_is_gone_and_says_so(page: Page, site: Program) -> None:
    """So does a field of more than 500 characters, before that."""
    page.goto(site.url + ADDRESS)
    make_room(page)
    first, second = Client(page, 0), Client(page, 1)
    first.say("x" * 501)
    first.expect_to_hear("the server says: send a text of 1 to 500 characters")
    first.press("Leave")
    second.expect_to_hear("guest 1 left; in the room: 1")
    second.press("Leave")
    second.expect_to_be("not in a room")
    second.say("too late")
    second.expect_to_hear("you are in no room: make one, or join")
    first.press("Join")
    expect(first.log).to_contain_text(re.compile("this room is gone|guest 3 joined"))  # the server may still be at it
    make_room(page)


def test_a_link_to_no_room_says_so(page: Page, site: Program) -> None:
    """An id that was never made, and a hash that is none at all."""
    page.goto(site.url + ADDRESS + "#room=lobby")
    client = Client(page)
    client.expect_to_hear("the server closed the connection with 4504: there is no such room, or no longer")
    client.expect_to_be("not in a room")
    page.evaluate("location.hash = '#room=<b>'")
    expect(page.locator("tool-room .live-result")).to_have_text("The link is damaged: it names no room.")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_room_cannot_be_made_while_the_server_is_away(page: Page, site: Program, complaints: Complaints) -> None:
    """The button says so, and works again when the server does."""
    complaints.expected = {"/demo/session/", "CORS", "Cross-Origin"}
    page.goto(site.url + ADDRESS)
    page.route("**/demo/session/", lambda route: route.abort())
    page.get_by_role("button", name="Make a room").click()
    expect(page.locator("tool-room .live-result")).to_have_text("The server is away.")
    page.unroute("**/demo/session/")
    make_room(page)


@pytest.fixture
def shared_site(tmp_path: Path, own_redis: Redis) -> Iterator[Program]:
    """A site whose rooms reach other processes through Redis."""
    port = reserved_port()
    command = ["mkdocs", "serve", "--no-livereload", "-a", f"127.0.0.1:{port}"]
    environment = {"SANDBOX_PORT": "0", "DATABASE_URL": f"sqlite:///{tmp_path / 'db'}", "REDIS_URL": own_redis.url}
    program = start(command, tmp_path / "log", f"http://127.0.0.1:{port}/", **environment)
    yield program
    program.end()


@pytest.mark.long
@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_members_are_told_when_their_room_is_cut_off_and_when_it_is_whole(
    page: Page, shared_site: Program, own_redis: Redis
) -> None:
    """Those on the page go on hearing each other meanwhile."""
    page.goto(shared_site.url + ADDRESS)
    make_room(page)
    members = first, second = Client(page, 0), Client(page, 1)
    own_redis.end()
    for member in members:
        expect(member.log).to_contain_text("the server says: the servers have lost each other")
    first.say("still here")
    second.expect_to_hear("guest 1: still here")
    own_redis.begin()
    for member in members:
        expect(member.log).to_contain_text("the server says: the servers have found each other")


@pytest.mark.long
def test_what_a_full_channel_drops_is_counted_and_shown(page: Page, site: Program) -> None:
    """A busy member gets six of twenty; one whose handler returns gets all."""
    page.goto(site.url + ADDRESS)
    wake_all(page)  # nothing above it moves any more
    tool = page.locator("tool-capacity")
    result, boxes = tool.locator(".live-result"), tool.get_by_role("listitem")
    tool.get_by_role("button", name="Send").click()
    expect(result).to_have_text("20 sent, 6 arrived, 14 dropped. Nobody was told.")
    outcomes = [*["arrived"] * 6, *["dropped"] * 14]
    expect(boxes).to_have_text([f"{number} {outcome}" for number, outcome in enumerate(outcomes, 1)])
    many = tool.get_by_role("spinbutton")
    many.press("Control+a")  # over BiDi, Firefox's fill() adds to what stands in a number field
    many.press_sequentially("8")
    tool.get_by_role("combobox").select_option(label="free: a task sends them, 20 ms apart")
    tool.get_by_role("button", name="Send").click()
    expect(result).to_have_text("8 sent, 8 arrived, 0 dropped.")
    many.press("Control+a")
    many.press_sequentially("101")
    tool.get_by_role("button", name="Send").click()
    expect(result).to_have_text("8 sent, 8 arrived, 0 dropped.")  # the field itself refuses
