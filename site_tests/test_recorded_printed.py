"""How transcripts once went, on paper and in a browser without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from live_docs.markdown.pages import read_page
from testing.program import Program
from testing.project import ROOT
from testing.sandbox import Sandbox

PAGE = "learn/websockets/"

pytestmark = pytest.mark.only_browser("chromium")  # over BiDi, Firefox keeps JavaScript on and does not emulate print


def test_on_paper_and_without_javascript_it_is_a_list(page: Page, browser: Browser, site: Program) -> None:
    """In four columns; what the reader has run themselves takes its place on paper; no solution is there."""
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(site.url + PAGE)
    fences = read_page(ROOT / "docs/learn/websockets.md").live
    lists = plain.locator(".live-then:visible")
    expect(lists).to_have_count(len(fences))
    first = lists.first.locator("li")
    columns = [first.locator(f"nth={at}").get_attribute("data-lane") for at in range(first.count())]
    assert {"js", "wire", "asgi", "consumer"} <= set(columns)
    left = "item => item.getBoundingClientRect().left"
    js, wire = (lists.first.locator(f'[data-lane="{lane}"]').first.evaluate(left) for lane in ("js", "wire"))
    assert js + 50 < wire
    expect(first.filter(has_text='text "hello"').first).to_contain_text("81 85 37 fa 21 3d")
    context.close()
    page.goto(site.url + PAGE)
    sandbox = Sandbox(page)
    expect(page.locator(".live-recorded:visible")).to_have_count(0)
    sandbox.run()
    page.emulate_media(media="print")
    expect(page.locator(".live-recorded:visible")).to_have_count(len(fences) - 1)
    expect(sandbox.root.locator(".live-recorded")).to_be_hidden()
    expect(page.locator(".live-recalled:visible")).to_have_count(0)
