"""The diagram read in each way: on a phone and on paper, by keys, step by step, and by ear."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from testing.program import Program
from testing.sandbox import LANES, OVERFLOWING, Sandbox, switch_palette


def test_a_phone_shows_a_list_with_the_lane_on_each_entry(page: Page, site: Program) -> None:
    """No columns, nothing that sticks out, and details as anywhere."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site.url + "learn/websockets/")
    sandbox = Sandbox(page)
    sandbox.show_lanes(*LANES)
    sandbox.run_to_its_end()
    expect(sandbox.root.locator(".live-heads")).to_be_hidden()
    expect(sandbox.lane("wire").first.locator(".live-lane")).to_have_text("wire")
    lefts = {row.locator(".live-what").bounding_box()["x"] for row in sandbox.timeline.locator(".live-happening").all()}  # type: ignore[index]
    assert len(lefts) == 1
    for lane, text in [("wire", "hello"), ("wire", "101"), ("asgi", "scope +"), ("js", "send")]:
        expect(sandbox.open_detail(lane, text)).not_to_have_text("…")
    assert page.evaluate(OVERFLOWING) == []


def test_the_keyboard_walks_the_diagram_and_opens_a_detail(echo: Sandbox, page: Page) -> None:
    """Tab comes to one entry, arrows go on from there, Enter opens and closes."""
    echo.run_to_its_end()
    echo.button("Your consumer").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    row = echo.timeline.locator(".live-happening").nth(1)
    entry = row.get_by_role("button").first
    expect(entry).to_be_focused()
    page.keyboard.press("Enter")
    expect(entry).to_have_attribute("aria-expanded", "true")
    expect(row.locator(".live-detail")).to_contain_text("Sec-WebSocket-Key")
    page.keyboard.press("Enter")
    expect(entry).to_have_attribute("aria-expanded", "false")
    expect(row.locator(".live-detail")).to_have_count(0)
    page.keyboard.press("End")
    expect(echo.timeline.locator(".live-happening").last.get_by_role("button")).to_be_focused()


FOCUSABLE = """Array.from(document.querySelectorAll("pre > code"))
  .every((code) => !code.checkVisibility() || code.scrollWidth <= code.clientWidth || code.tabIndex === 0)"""
"""What scrolls can be reached by keyboard: the theme's script sees to that, and comes late."""


@pytest.mark.long
@pytest.mark.only_browser("chromium")  # the same rules on the same document
def test_no_accessibility_fault_with_everything_open(echo: Sandbox, page: Page) -> None:
    """All lanes, and a detail of each kind, in both palettes."""
    echo.run_to_its_end()
    for lane, text in [
        ("js", "send"),
        ("wire", "GET"),
        ("wire", "hello"),
        ("asgi", "scope +"),
        ("consumer", "receive()"),
    ]:
        echo.open_detail(lane, text)
    page.wait_for_function(FOCUSABLE)
    for palette in ("default", "slate"):
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", palette)
        page.wait_for_function("document.getAnimations().every(animation => animation.playState !== 'running')")
        faults = Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
        assert [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in faults] == []
        switch_palette(page)


@pytest.mark.only_browser("chromium")  # the same in each engine, as other tests of scrolling show
def test_a_wheel_over_a_diagram_moves_the_page_until_the_reader_is_in_it(echo: Sandbox, page: Page) -> None:
    """Nobody who scrolls through a page is held up by what a run has left behind."""
    echo.run_to_its_end()
    diagram = echo.root.locator(".live-diagram")
    diagram.hover()
    before = page.evaluate("scrollY")
    page.mouse.wheel(0, 60)
    page.wait_for_function("before => scrollY === before + 60", arg=before)
    assert diagram.evaluate("diagram => diagram.scrollTop") == 0
    echo.timeline.locator(".live-entry:visible").first.focus()
    diagram.hover()
    page.mouse.wheel(0, 60)
    page.wait_for_function("() => document.querySelector('.live-diagram').scrollTop > 0")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_one_can_step_through_what_happened_in_all_lanes_at_once(echo: Sandbox, page: Page) -> None:
    """By keys, as by dragging: the happening is marked with its kin in the other lanes, and what came later is dim."""
    echo.run_to_its_end()
    page.mouse.move(0, 0)  # what it points at would be marked instead
    rows = echo.timeline.locator(".live-happening")
    count = rows.count()
    slider = echo.root.get_by_role("slider", name="Step through what happened")
    expect(slider).to_have_attribute("aria-valuetext", f"all {count} steps")
    slider.focus()
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", re.compile(rf"^step 1 of {count}: .*calls new WebSocket"))
    expect(echo.timeline.locator(".live-later")).to_have_count(count - 1)
    sent = [text.startswith("send(") for text in rows.locator(".live-entry").all_inner_texts()].index(True)
    slider.fill(str(sent + 1))
    expect(echo.timeline.locator(".live-now")).to_contain_text('send("hello")')
    kin = echo.timeline.locator(".live-kin").evaluate_all("rows => [...new Set(rows.map(row => row.dataset.lane))]")
    assert kin == ["js", "wire", "asgi", "consumer"]
    slider.focus()
    page.keyboard.press("End")
    expect(echo.timeline.locator(".live-later")).to_have_count(0)
    expect(echo.timeline.locator(".live-now")).to_have_count(0)


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_the_arrow_keys_follow_a_message_from_lane_to_lane(echo: Sandbox, page: Page) -> None:
    """What is in focus is one sentence; Escape closes a detail, and the reader stays where they were."""
    echo.run_to_its_end()
    sent = echo.lane("js").filter(has_text='send("hello")').get_by_role("button")
    sent.focus()
    for words in ("on the wire, to the server", "the server tells the application", "calls your consumer's"):
        page.keyboard.press("ArrowRight")
        expect(page.locator(":focus")).to_have_attribute("aria-label", re.compile(rf"(later|same time) .*{words}"))
    expect(page.locator(":focus")).to_contain_text("EchoConsumer.receive()")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator(":focus")).to_have_attribute("aria-expanded", "false")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    expect(sent).to_be_focused()


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_an_arrow_is_one_stroke_from_who_sent_to_who_received(echo: Sandbox) -> None:
    """Drawn where it is received, across lanes that are folded; nobody who sent nothing has one."""
    echo.run_to_its_end()
    echo.show_lanes("Your JavaScript", "Your consumer")
    arrow = "row => [row.querySelector('.live-arrow').dataset.from, row.style.getPropertyValue('--from')]"
    sent = echo.lane("js").filter(has_text='send("hello")')
    received = echo.lane("consumer").filter(has_text="EchoConsumer.receive()").first
    assert sent.evaluate(arrow)[0] == "none"
    assert received.evaluate(arrow) == ["lane", "2"]
    ends = echo.lane("consumer").filter(has_text="receive() took").first
    assert ends.evaluate(arrow)[0] == "none"


@pytest.mark.only_browser("chromium")  # the same style sheets
def test_on_paper_the_diagram_is_there_and_what_only_a_screen_can_do_is_not(echo: Sandbox, page: Page) -> None:
    """Whole, however long; of a sandbox in which nothing has happened, the transcript alone."""
    echo.run_to_its_end()
    page.emulate_media(media="print")
    expect(echo.timeline.locator(".live-happening").last).to_be_visible()
    diagram = echo.root.locator(".live-diagram")
    assert diagram.evaluate("diagram => diagram.scrollHeight <= diagram.clientHeight + 1")
    for gone in (".live-toggles", ".live-stepper", ".live-bar"):
        expect(echo.root.locator(gone).first).to_be_hidden()
    expect(page.locator("live-sandbox .live-timeline").nth(1)).to_be_hidden()
