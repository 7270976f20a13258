"""A browser has one log-in for all boxes of a page and for all of its tabs: who needs it waits, and is told why."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from testing.browser import Complaints
from testing.program import Program
from testing.sandbox import Sandbox

PAGE = "learn/auth-middleware-stack/"


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_boxes_that_log_in_run_one_after_another_and_all_go_as_written(
    page: Page, site: Program, complaints: Complaints
) -> None:
    """All boxes of the page are started at once; some of their handshakes are refused, as written."""
    complaints.expected = {"/ws/"}
    page.goto(site.url + PAGE)
    boxes = page.locator("live-sandbox:not([data-start])")
    expect(boxes.get_by_role("button", name="Run", exact=True)).to_have_count(boxes.count())
    boxes.evaluate_all("boxes => boxes.forEach((box) => box.run())")
    results = boxes.locator(".live-bar > .live-result")
    expect(results.filter(has_text="Waits its turn")).not_to_have_count(0)
    expect(results).to_have_text([re.compile(r"All \d+ lines went as written")] * boxes.count())


@pytest.mark.long
@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_run_that_somebody_logs_out_under_says_so(page: Page, site: Program, context: BrowserContext) -> None:
    """By hand, in another tab, while a transcript waits: it differs, and the reader is told why."""
    page.goto(site.url + PAGE)
    tab = context.new_page()
    tab.goto(site.url + PAGE)
    sandbox = Sandbox(page)
    other = Sandbox(tab)
    other.open_play()
    sandbox.root.evaluate(
        """box => {
          const line = (step) => ({ element: box.querySelector(".live-line"), client: "", step });
          const connect = { do: "connect", path: "/ws/whoami/", origin: null, subprotocols: [], user: "alice" };
          const away = { do: "receive", data: "from nobody", binary: false };
          const user = JSON.stringify({ user: "alice", is_authenticated: true });
          const lines = [connect, { do: "receive", data: user, binary: false }, away].map(line);
          void box.play(lines, (same) => `Different at line ${same + 1}.`);
        }"""
    )
    expect(sandbox.happenings.filter(has_text="message")).not_to_have_count(0)  # the consumer has greeted alice
    other.field("user").select_option("bob")
    other.button("Log in").click()
    expect(sandbox.result).to_have_text(
        "Different at line 3. Meanwhile this browser was logged in as bob, in another box or tab. Run it again."
    )
