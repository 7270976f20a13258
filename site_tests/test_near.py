"""What is far from the screen waits: no module is loaded for it, and nothing is built."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from testing.browser import PATIENCE_MS
from testing.program import Program
from testing.sandbox import Sandbox, wake_all


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """A page as a reader has it: the other tests have everything near."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield page
    page.close()


def test_a_sandbox_is_no_more_than_its_words_until_the_reader_comes_near(reader: Page, site: Program) -> None:
    """Then it has its buttons, and runs."""
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.goto(site.url + "learn/websockets/")
    expect(reader.locator("live-sandbox").first.get_by_role("button", name="Run", exact=True)).to_be_attached()
    far = reader.locator("live-sandbox:not([data-start])").last
    expect(far.locator("button")).to_have_count(0)
    assert not [url for url in asked if "tools/handshake/element.js" in url or "live-challenge" in url]
    sandbox = Sandbox(reader, far)
    far.scroll_into_view_if_needed()
    expect(sandbox.button("Run")).to_be_visible()
    sandbox.run()
    assert set(sandbox.outcomes()) == {"same"}
    wake_all(reader)
    assert [url for url in asked if "live-challenge" in url]


def test_a_link_to_a_heading_far_down_leads_there(reader: Page, site: Program) -> None:
    """And stays there while what stands above it comes to life."""
    reader.goto(site.url + "learn/websockets/#challenges")
    heading = reader.locator("#challenges")
    expect(heading).to_be_in_viewport()
    expect(reader.locator("live-challenge .live-verdict-words").first).to_be_attached()
    expect(heading).to_be_in_viewport()
    assert reader.url.endswith("#challenges")
