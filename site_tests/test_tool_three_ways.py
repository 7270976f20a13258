"""The tool on the page about server-sent events: one item, three ways, and what each has cost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from testing.browser import Complaints
from testing.program import Program

ADDRESS = "learn/server-sent-events/"


class Ways:
    """The tool, as a reader sees it."""

    def __init__(self, page: Page) -> None:
        self.tool = page.locator("tool-three-ways")
        self.said = self.tool.locator(".live-result")

    def publish(self, words: str) -> None:
        self.tool.get_by_role("textbox", name="news").fill(words)
        self.tool.get_by_role("button", name="Publish").click()

    def panel(self, name: str) -> Locator:
        return self.tool.get_by_role("region", name=f"{name}: what went to the server, and what came")

    def costs(self, name: str) -> Locator:
        return self.tool.locator(".three-ways-panel").filter(has_text=name).locator(".three-ways-costs")


def test_one_item_comes_by_all_three(page: Page, site: Program) -> None:
    """Each shows it as it came; only polling asks again, and then it asks for nothing."""
    page.goto(site.url + ADDRESS)
    ways = Ways(page)
    ways.publish("Bread <b>is</b> half a crown.")
    expect(ways.said).to_have_text("“Bread <b>is</b> half a crown.” has come by all three.")
    expect(ways.panel("Polling")).to_contain_text('{"news": [{"id": "2", "text": "Bread <b>is</b> half a crown."}]}')
    expect(ways.panel("Server-sent events")).to_contain_text('data: {"id": "2", "text": "Bread <b>is</b>')
    expect(ways.panel("WebSocket")).to_contain_text('← {"id": "2", "text": "Bread <b>is</b> half a crown."}')
    expect(ways.costs("Polling")).to_have_text(re.compile(r"^\d+ requests, [1-9]\d* for nothing, \d+ bytes$"))
    expect(ways.costs("Server-sent events")).to_have_text(re.compile(r"^1 request, \d+ bytes$"))
    expect(ways.costs("WebSocket")).to_have_text(re.compile(r"^1 request, \d+ bytes$"))
    ways.tool.get_by_role("button", name="Stop").click()
    expect(ways.said).to_have_text("Stopped.")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_it_says_so_when_the_server_is_away(page: Page, site: Program, complaints: Complaints) -> None:
    """And publishes when it is back."""
    complaints.expected = {"/demo/session/", "CORS", "Cross-Origin"}
    page.goto(site.url + ADDRESS)
    ways = Ways(page)
    page.route("**/demo/session/", lambda route: route.abort())
    ways.publish("lost")
    expect(ways.said).to_have_text("TypeError: Failed to fetch")
    page.unroute("**/demo/session/")
    ways.publish("found")
    expect(ways.said).to_have_text("“found” has come by all three.")
