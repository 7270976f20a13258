"""The four lanes: what JavaScript saw, what crossed the wire, what ASGI carried, what the consumer did."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from testing.program import Program
from testing.sandbox import LANES, Sandbox

HELLO = [
    ("js", 'send("hello")'),
    ("wire", 'text "hello"'),
    ("asgi", 'websocket.receive text="hello"'),
    ("consumer", "EchoConsumer.receive()"),
    ("asgi", 'websocket.send text="hello"'),
    ("wire", 'text "hello"'),
    ("js", 'message "hello"'),
]


ROWS = "rows => rows.map(row => [row.dataset.lane, row.querySelector('.live-what').textContent])"


def test_a_message_passes_all_four_lanes_and_comes_back(echo: Sandbox) -> None:
    """One clock, and cause before effect: the rows stand in the order in which it really went."""
    echo.run_to_its_end()
    rows = iter(echo.timeline.locator(".live-happening").evaluate_all(ROWS))
    for expected in HELLO:
        assert any(tuple(row) == expected for row in rows), expected


@pytest.mark.only_browser("chromium")  # drawn from what the server told
def test_at_first_javascript_and_asgi_are_open_and_the_rest_is_counted(page: Page, site: Program) -> None:
    """What is folded away says so; opening it takes the words away, and the choice holds on other pages."""
    page.goto(site.url + "learn/connection/")
    sandbox = Sandbox(page)
    sandbox.run_to_its_end()
    for name, pressed in zip(LANES, ("true", "false", "true", "false"), strict=True):
        expect(sandbox.button(name)).to_have_attribute("aria-pressed", pressed)
    about = sandbox.root.locator(".live-about")
    wire, consumer = sandbox.lane("wire").count(), sandbox.lane("consumer").count()
    expect(about).to_contain_text(
        f"{wire} events on the wire and {consumer} events in your consumer are hidden: switch"
    )
    expect(sandbox.lane("wire").first).to_be_hidden()
    sandbox.show_lanes("The wire", "Your consumer")
    expect(sandbox.lane("wire").first).to_be_visible()
    expect(about).to_contain_text("in your JavaScript and")
    page.goto(site.url + "learn/channels/")
    elsewhere = Sandbox(page)
    expect(elsewhere.button("The wire")).to_have_attribute("aria-pressed", "true")
    expect(elsewhere.button("ASGI")).to_have_attribute("aria-pressed", "false")


def test_what_the_reader_presses_stays_where_it_is(page: Page, site: Program) -> None:
    """An entry that opens, and the button of a third lane, for which the box changes its shape."""
    page.goto(site.url + "learn/websockets/")
    sandbox = Sandbox(page)
    sandbox.run_to_its_end()
    entry = sandbox.lane("wire").nth(2).locator(".live-entry")
    for pressed in (entry, sandbox.button("ASGI"), sandbox.button("Your consumer")):
        pressed.evaluate("element => element.scrollIntoView({ block: 'center' })")
        before = top_of(pressed)
        pressed.click()
        expect(sandbox.root.locator(".live-detail")).not_to_have_text("…")
        assert abs(top_of(pressed) - before) < 3


def top_of(element: Locator) -> float:
    box = element.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.only_browser("chromium")  # drawn from what the server told
def test_a_page_opens_the_lanes_that_it_speaks_of(page: Page, site: Program) -> None:
    """Whatever the reader's last choice was: the words around the sandbox need those lanes."""
    page.goto(site.url + "learn/websockets/")
    for name, pressed in zip(LANES, ("true", "true", "false", "false"), strict=True):
        expect(Sandbox(page).button(name)).to_have_attribute("aria-pressed", pressed)


@pytest.mark.only_browser("chromium")  # drawn from what the server told
def test_it_says_how_the_clocks_were_aligned_and_how_exactly(echo: Sandbox) -> None:
    """Times of two machines' clocks are worth no more than that."""
    echo.run()
    words = re.compile(r"exact to ±\d+\.\d+ ms: half the shortest of \d+ round trips")
    expect(echo.root.locator(".live-about")).to_have_text(words)


@pytest.mark.only_browser("chromium")  # drawn from what the server told
def test_what_the_page_adds_to_the_address_is_not_taken_for_the_readers(echo: Sandbox) -> None:
    """JavaScript's lane and the address show the URL as it was written."""
    echo.run_to_its_end()
    for place in (echo.root.locator(".live-address"), echo.happenings.first):
        expect(place).to_contain_text("/ws/echo/")
        expect(place).not_to_contain_text("observe")


def test_a_run_begins_anew_while_a_connection_is_still_open(echo: Sandbox) -> None:
    """What the server tells of the connection before, such as its disconnect, is not taken for this one's."""
    echo.open_play()
    echo.button("Connect").click()
    expect(echo.states).to_have_text("OPEN")
    expect(echo.lane("consumer").filter(has_text="connect() took")).to_have_count(1)
    echo.run_to_its_end()
    expect(echo.lane("consumer").filter(has_text="disconnect()")).to_have_count(2)  # began, and took its time
    expect(echo.lane("asgi").first).to_contain_text("scope")


@pytest.mark.parametrize(("width", "number"), [(1280, 0), (360, 1), (360, 2)])
def test_nothing_jumps_while_it_fills(page: Page, site: Program, width: int, number: int) -> None:
    """A diagram has all of its room from the start if it shows how it once went; where that would give something away,
    none until it is run. Run stays where it was.
    """
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site.url + "learn/consumers/")
    sandbox = Sandbox(page, page.locator("live-sandbox").nth(number))
    sandbox.root.scroll_into_view_if_needed()
    expect(sandbox.root.locator(".live-foot")).to_contain_text("Daphne")
    height = "timeline => timeline.getBoundingClientRect().height"
    timeline = sandbox.root.locator(".live-timeline")
    empty = sandbox.root.locator(".live-diagram").evaluate(height)
    withheld = sandbox.root.get_attribute("data-withheld") is not None
    assert withheld == (number == 2)
    before = timeline.evaluate(height)
    assert empty < 40 if withheld else empty > 200
    sandbox.button("Run").scroll_into_view_if_needed()
    pressed = top_of(sandbox.button("Run"))
    sandbox.button("Run").click()
    expect(sandbox.timeline.locator(".live-happening").first).to_be_attached()
    at_first = timeline.evaluate(height)
    assert withheld or abs(at_first - before) < 1
    expect(sandbox.lane("consumer").filter(has_text="disconnect() took")).not_to_have_count(0)
    expect(sandbox.root.locator(".live-about")).not_to_be_empty()
    assert abs(timeline.evaluate(height) - at_first) < 1
    assert abs(top_of(sandbox.button("Run")) - pressed) < 3


FLOOD = """async count => {
  const { timeline } = document.querySelector("live-sandbox");
  timeline.follow();
  for (let at = 0; at < count; at += 1) {
    const lane = at % 2 ? "wire" : "js";
    timeline.add({ at, lane, client: "", toward: "page", what: `message ${at}`, connection: "" });
  }
}"""


def test_a_long_conversation_keeps_its_beginning_and_its_end(echo: Sandbox, page: Page) -> None:
    """Of thousands of rows few are in the document: those that can be seen, and all can be scrolled and walked to."""
    page.evaluate(FLOOD, 5000)
    rows = echo.timeline.locator(".live-happening")
    diagram = echo.root.locator(".live-diagram")
    diagram.scroll_into_view_if_needed()
    expect(rows.filter(has_text="message 4999")).to_be_in_viewport()
    assert rows.count() <= 200
    expect(echo.timeline).to_have_attribute("aria-rowcount", "5001")
    diagram.evaluate("diagram => { diagram.scrollTop = 0; }")
    expect(rows.filter(has_text=re.compile("message 0$"))).to_be_in_viewport()
    diagram.evaluate("diagram => { diagram.scrollTop = diagram.scrollHeight / 2; }")
    expect(rows.filter(has_text=re.compile("message 2[0-9]{3}$")).first).to_be_attached()
    assert rows.count() <= 200
    rows.locator(".live-entry").nth(10).focus()
    page.keyboard.press("Home")
    expect(page.locator(":focus")).to_contain_text("message 0")
    page.keyboard.press("End")
    expect(page.locator(":focus")).to_contain_text("message 4999")
    expect(rows.filter(has_text="message 4999")).to_have_attribute("aria-rowindex", "5001")


@pytest.mark.only_browser("chromium")  # the one that makes a PDF
def test_on_paper_a_long_conversation_is_whole(echo: Sandbox, page: Page) -> None:
    """Nobody can scroll there; on the screen, few rows are in the document again."""
    page.evaluate(FLOOD, 500)
    rows = echo.timeline.locator(".live-happening")
    expect(rows.filter(has_text="message 499")).to_be_attached()
    page.evaluate("""() => addEventListener("beforeprint", () => {
      window.onPaper = document.querySelector("live-sandbox").querySelectorAll(".live-happening").length;
    })""")
    page.pdf()
    assert page.evaluate("onPaper") == 500
    expect(rows.filter(has_text="message 499")).to_be_attached()
    assert rows.count() <= 200


def test_what_is_more_than_a_page_can_hold_is_let_go_and_told(echo: Sandbox, page: Page) -> None:
    """The page does not grow without bound."""
    page.evaluate(FLOOD, 10_100)
    expect(echo.root.locator(".live-about")).to_contain_text("The first 100 happenings are no longer shown.")
    assert page.evaluate("document.querySelector('live-sandbox').timeline.happenings.length") == 10_000
