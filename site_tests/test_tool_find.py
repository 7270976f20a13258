"""The field of the page of error messages: what is pasted into it leaves the entries that are meant."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from testing.program import Program


@pytest.fixture
def field(page: Page, site: Program) -> Locator:
    page.goto(site.url + "symptoms/")
    return page.get_by_role("searchbox", name="what you see")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_pasted_line_leaves_its_entry_and_an_empty_field_brings_all_back(page: Page, field: Locator) -> None:
    """The line has the reader's own path in it. The entry stays under its section; the others are not seen."""
    entries = page.locator("article h3:visible")
    every = entries.count()
    field.fill("WARNING django.channels.server Not Found: /ws/my/own/room/")
    expect(entries).to_have_count(1)
    expect(entries).to_contain_text("Not Found: /ws/chat/lobby/")
    expect(page.locator("article h2:visible")).to_have_count(1)
    expect(page.locator("article code:visible", has_text="Unsupported upgrade request.")).to_be_visible()
    expect(page.locator("tool-find").get_by_role("status").first).to_have_text(f"1 of {every} entries.")
    field.fill("")
    expect(entries).to_have_count(every)


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_link_to_an_entry_that_is_hidden_shows_it(page: Page, field: Locator) -> None:
    field.fill("AppRegistryNotReady")
    expect(page.locator("#hangs")).to_be_hidden()
    page.evaluate("location.hash = '#hangs'")
    expect(page.locator("#hangs")).to_be_in_viewport()
    expect(field).to_have_value("")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_every_entry_has_an_address_and_the_first_stands_on_the_first_screen(page: Page, field: Locator) -> None:
    """An address of its own making is short, and outlives a change of the words."""
    page.set_viewport_size({"width": 1280, "height": 720})
    entries = page.locator("article h3")
    names = entries.evaluate_all("entries => entries.map(({ id }) => id)")
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9-]{3,30}", name) for name in names), names
    expect(entries.first).to_be_in_viewport()
