"""What a reader can do with one sandbox, and what it says of what happens."""

import re

import pytest
from playwright.sync_api import Page, expect

from testing.browser import Complaints
from testing.program import Program
from testing.sandbox import Sandbox


@pytest.fixture
def echo(page: Page, site: Program) -> Sandbox:
    """The first sandbox on the page about WebSockets: an echo."""
    page.goto(site.url + "learn/websockets/")
    return Sandbox(page)


def test_the_reader_connects_sends_and_closes(echo: Sandbox) -> None:
    """Free play: every call and every event is in the timeline, close code and reason included."""
    echo.open_play()
    echo.button("Connect").click()
    expect(echo.states).to_have_text("OPEN")
    expect(echo.result).to_have_text("open")
    echo.field("message").fill("good morning")
    echo.button("Send").click()
    expect(echo.happenings.filter(has_text='message "good morning"')).to_have_count(1)
    expect(echo.result).to_have_text('message "good morning"')  # a status: who hears the page hears it
    echo.field("code").fill("4000")
    echo.field("reason").fill("so long")
    echo.button("Close").click()
    expect(echo.states).to_have_text("CLOSED")
    expect(echo.happenings.filter(has_text='close(4000, "so long")')).to_have_count(1)
    expect(echo.happenings.last).to_contain_text('close code=4000 reason="so long"')
    expect(echo.happenings.last).to_contain_text("wasClean=true")


SWALLOW_OPEN = """window.WebSocket = class extends WebSocket {
  addEventListener(type, ...more) {
    if (type !== "open" || !this.url.includes("/ws/life/")) super.addEventListener(type, ...more);
  }
};"""


def test_a_close_frame_proves_the_handshake_where_a_browser_leaves_the_open_event_out(
    page: Page, site: Program
) -> None:
    """Busy, Firefox does so now and then, if the frame comes right behind the 101."""
    page.add_init_script(SWALLOW_OPEN)
    page.goto(site.url + "reference/close-codes/")
    sandbox = Sandbox(page)
    assert "went as written" in sandbox.run()
    expect(sandbox.happenings.filter(has_text=re.compile(r"^open$"))).to_have_count(0)


def test_the_address_follows_the_path_that_the_reader_types(echo: Sandbox) -> None:
    """The reader sees whom the sandbox is going to call."""
    echo.open_play()
    echo.field("path").fill("/ws/elsewhere/")
    expect(echo.root.locator(".live-address")).to_contain_text("/ws/elsewhere/")


def test_received_markup_is_shown_as_text(echo: Sandbox, page: Page) -> None:
    """Nothing that a server sends becomes part of the page."""
    echo.open_play()
    echo.button("Connect").click()
    expect(echo.states).to_have_text("OPEN")
    echo.field("message").fill("<img src=x onerror=alert(1)><b>bold</b>")
    echo.button("Send").click()
    expect(echo.happenings.filter(has_text="message ").filter(has_text="<b>bold</b>")).to_have_count(1)
    expect(echo.root.locator("img, b")).to_have_count(0)


def test_what_the_platform_refuses_is_shown_not_swallowed(echo: Sandbox, complaints: Complaints) -> None:
    """A forbidden close code and a send after the close are part of what there is to learn."""
    complaints.expected = {"already in CLOSING or CLOSED state"}
    echo.open_play()
    echo.button("Send").click()
    expect(echo.happenings.last).to_contain_text("Connect first")
    echo.button("Connect").click()
    expect(echo.states).to_have_text("OPEN")
    echo.field("code").fill("1001")
    echo.button("Close").click()
    expect(echo.happenings.last).to_contain_text("InvalidAccessError")
    echo.field("code").fill("1000")
    echo.button("Close").click()
    expect(echo.states).to_have_text("CLOSED")
    echo.button("Send").click()
    expect(echo.happenings.last).to_contain_text("lost. bufferedAmount went from 0 to")


def test_reset_brings_back_what_the_page_came_with(echo: Sandbox) -> None:
    """Marks, timeline and typed values are gone, and the socket with them."""
    echo.run()
    echo.open_play()
    echo.field("path").fill("/ws/elsewhere/")
    echo.button("Reset").click()
    assert set(echo.outcomes()) == {None}
    expect(echo.happenings).to_have_count(0)
    expect(echo.field("path")).to_have_value("/ws/echo/")
    expect(echo.states).to_have_text("no socket")


def test_a_line_that_differs_shows_what_came_instead(page: Page, site: Program) -> None:
    """The mark is on that line, and the lines after it stay unmarked."""
    page.goto(site.url + "learn/websockets/")
    echo = Sandbox(page)
    echo.root.locator(".live-line").nth(3).evaluate(
        "line => line.dataset.step = JSON.stringify({...JSON.parse(line.dataset.step), data: 'goodbye'})"
    )
    # The element reads its lines when it is connected to the page.
    echo.root.evaluate("sandbox => sandbox.replaceWith(sandbox)")
    page.evaluate("const s = document.querySelector('live-sandbox'); const p = s.parentNode; s.remove(); p.append(s)")
    assert echo.run() == "Different at line 4 of 7."
    assert echo.outcomes() == ["same", "same", "same", "different", None, None, None]
    assert echo.came() == "came: hello"


def test_the_result_is_announced_politely(echo: Sandbox) -> None:
    """A screen reader hears how a run ended, from a region that was there before it."""
    expect(echo.result).to_have_role("status")
    assert echo.run() == "All 7 lines went as written."


def test_several_clients_are_told_apart_by_name(page: Page, site: Program) -> None:
    """Who did what stands in front of each entry, and each has a state of its own."""
    page.goto(site.url + "learn/consumers/")
    sandbox = Sandbox(page)
    sandbox.run()
    expect(sandbox.happenings.filter(has_text="alice new WebSocket")).to_have_count(1)
    expect(sandbox.happenings.filter(has_text="bob new WebSocket")).to_have_count(1)
    expect(sandbox.states).to_have_text(["alice CLOSED", "bob CLOSED"])


def test_the_home_page_says_hello_by_itself(page: Page, site: Program) -> None:
    """A live handshake within the first screen, without a click."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(site.url)
    home = Sandbox(page)
    expect(home.result).to_have_text("All 5 lines went as written.")
    expect(home.result).to_be_in_viewport()


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_other_sandboxes_do_not_connect_before_the_reader_acts(page: Page, site: Program) -> None:
    """Opening a page opens no socket; a run opens one, and one to observe it."""
    page.add_init_script(
        "window.opened = 0; WebSocket = class extends WebSocket { constructor(...a) { super(...a); opened++ } }"
    )
    page.goto(site.url + "learn/websockets/")
    echo = Sandbox(page)
    expect(echo.root.locator(".live-foot")).to_contain_text("Daphne")
    assert page.evaluate("opened") == 0
    echo.run()
    assert page.evaluate("opened") == 2


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_logging_in_works_by_either_name_of_this_machine(
    page: Page, site: Program, host: str, complaints: Complaints
) -> None:
    """Cookies belong to a host, so the widget calls the server by the host of its page."""
    complaints.expected = {"/sitemap.xml"}
    page.goto(site.url.replace("127.0.0.1", host) + "learn/auth-middleware-stack/")
    sandbox = Sandbox(page)
    sandbox.open_play()
    sandbox.field("user").select_option("bob")
    sandbox.button("Log in").click()
    expect(sandbox.result).to_contain_text("Logged in as bob.")
    sandbox.field("path").fill("/ws/whoami/")
    sandbox.button("Connect").click()
    expect(sandbox.happenings.last).to_contain_text('"user": "bob"')
    assert f"//{host}:" in sandbox.root.locator(".live-address").inner_text()


@pytest.mark.only_browser("chromium")  # the words of the exceptions are each engine's own
def test_the_status_says_what_a_call_threw_or_lost(page: Page, site: Program, complaints: Complaints) -> None:
    """Not only the diagram; and of a long message it says so much as one listens to."""
    complaints.expected = {"already in CLOSING or CLOSED state"}
    page.goto(site.url + "learn/websockets/")
    sandbox = Sandbox(page)
    sandbox.open_play()
    sandbox.button("Send").click()
    expect(sandbox.result).to_contain_text("there is no socket yet. Connect first.")
    sandbox.button("Connect").click()
    expect(sandbox.states).to_have_text("OPEN")
    sandbox.field("code").fill("1001")
    sandbox.button("Close").click()
    expect(sandbox.result).to_contain_text("close(1001) threw InvalidAccessError")
    sandbox.field("message").fill("a" * 5000)
    sandbox.button("Send").click()
    expect(sandbox.result).to_contain_text("characters, in the diagram")
    assert len(sandbox.result.inner_text()) < 240
    sandbox.field("code").fill("1000")
    sandbox.button("Close").click()
    expect(sandbox.states).to_have_text("CLOSED")
    sandbox.button("Send").click()
    expect(sandbox.result).to_contain_text("in silence: lost")
