"""What a reader sees of how a line goes on another server, and the list that leads there. No engine has a part."""

import pytest
from playwright.sync_api import Page, expect

from testing.browser import Complaints
from testing.program import Program
from testing.sandbox import Sandbox, wake_all

pytestmark = pytest.mark.only_browser("chromium")


def test_how_a_line_goes_elsewhere_stands_at_it_before_and_after_a_run(
    page: Page, site: Program, complaints: Complaints
) -> None:
    """Under the line's own words, and under what came here where that differs."""
    complaints.expected.add("WebSocket connection to")
    page.goto(site.url + "reference/your-server/")
    sandbox = Sandbox(page)
    line = sandbox.root.locator(".live-line", has_text="refused 404")
    told = line.locator(".live-elsewhere")
    expect(told).to_have_text("on plain Daphne and uvicorn: refused 500")
    assert sandbox.run() == "All 9 lines went as written."
    expect(told).to_have_text("on plain Daphne and uvicorn: refused 500")
    expect(line).to_have_attribute("data-outcome", "same")
    sandbox.button("Reset").click()
    expect(told).to_be_visible()


def test_it_does_not_give_away_what_the_reader_is_to_predict(page: Page, site: Program) -> None:
    """`closed [?1011?]`, and on uvicorn 1006: told with the answer, in room that was kept for it."""
    page.goto(site.url + "learn/asgi/#an-exception-ends-the-connection-line-5")
    line = page.locator("#an-exception-ends-the-connection-line-5")
    told = line.locator(".live-elsewhere")
    expect(line.locator(".live-guess")).to_be_visible()
    expect(told).to_be_hidden()
    before = line.bounding_box()
    Sandbox(page, page.locator("live-sandbox").filter(has=line)).run()
    expect(told).to_be_visible()
    after = line.bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] == before["height"]


def test_the_list_leads_to_a_line_that_is_folded_away(page: Page, site: Program) -> None:
    """In a solution, which opens for whoever comes for that line."""
    page.goto(site.url + "reference/your-server/")
    wake_all(page)  # or the link moves on between the button's way down and its way up
    page.locator('article a[href$="#be-refused-with-good-news-line-8"]').click()
    line = page.locator("#be-refused-with-good-news-line-8")
    expect(line).to_be_in_viewport()
    expect(line.locator(".live-elsewhere")).to_have_text("on plain Daphne: unanswered")
