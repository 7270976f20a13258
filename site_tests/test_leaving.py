"""What is left of a page that was left: the theme keeps its elements, and ours hold no more than what was printed."""

import pytest
from playwright.sync_api import Page, expect

from testing.browser import PATIENCE_MS
from testing.program import Program
from testing.sandbox import Sandbox

HOLD = """selector => {
  const elements = Array.from(document.querySelectorAll(selector));
  window.kept = elements;  // as the theme does
  const own = (element) => Object.values(element).filter((value) => value instanceof Object);
  window.parts = elements.flatMap(own).map((part) => new WeakRef(part));
  const added = document.querySelectorAll("article .live-timeline, article .live-bar, article .live-play");
  window.parts.push(...Array.from(added, (element) => new WeakRef(element)));
  return window.parts.length;
}"""

HELD = "() => parts.flatMap((part) => part.deref() ?? []).map((part) => part.className ?? part.constructor.name)"

PRINTED = """async (path) => {
  const page = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html");
  const printed = Array.from(page.querySelectorAll("live-sandbox"), (element) => element.innerHTML);
  return kept.filter((element, at) => element.innerHTML !== printed[at]).map((element) => element.innerHTML);
}"""


def leave(page: Page) -> None:
    """By instant navigation."""
    page.get_by_role("link", name="Consumers", exact=True).first.click()
    expect(page.locator("article h1")).to_contain_text("Consumers")


@pytest.mark.only_browser("chromium")  # no other lets a test collect the garbage
def test_a_sandbox_that_is_kept_holds_no_more_than_was_printed(page: Page, site: Program) -> None:
    """Its parts, their elements and so their listeners are gone, whatever was done with it."""
    page.goto(site.url + "learn/websockets/")
    sandbox = Sandbox(page)
    sandbox.run()
    sandbox.open_detail("js", "send")
    sandbox.open_play()
    sandbox.button("Connect").click()
    expect(sandbox.states).to_have_text("OPEN")
    assert page.evaluate(HOLD, "live-sandbox") > 10
    leave(page)
    page.evaluate("window.parts = window.parts.filter((part) => !(part.deref() instanceof AbortController))")
    wait_until_collected(page)
    assert page.evaluate(PRINTED, "/learn/websockets/") == []


@pytest.mark.only_browser("chromium")  # no other lets a test collect the garbage
def test_a_tool_that_is_left_is_collected(page: Page, site: Program) -> None:
    """The theme keeps the page, and it is no longer in that."""
    page.goto(site.url + "learn/websockets/")
    page.wait_for_function("() => document.querySelector('tool-frame .frame-form') !== null")  # a handle would hold it
    page.evaluate("""() => {
      window.page = document.querySelector("article");
      window.parts = Array.from(document.querySelectorAll("tool-frame"), (tool) => new WeakRef(tool));
    }""")
    leave(page)
    wait_until_collected(page)


def wait_until_collected(page: Page) -> None:
    """Collect the garbage again and again: what a task still holds is let go of when it ends."""
    devtools = page.context.new_cdp_session(page)
    for _ in range(PATIENCE_MS // 100):
        devtools.send("HeapProfiler.collectGarbage")
        if not page.evaluate(HELD):
            return
        page.wait_for_timeout(100)
    assert page.evaluate(HELD) == []
