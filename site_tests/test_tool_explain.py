"""The field of Error messages: what is pasted into it finds its entries, and says why."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from testing.browser import Complaints
from testing.program import Program

PASTED = """[27/Nov/2026 09:12:13] ERROR Exception inside application: No route found for path 'ws/shop/7'.
Traceback (most recent call last):
  File "/srv/shop/.venv/lib/python3.12/site-packages/channels/routing.py", line 48, in __call__
    return await application(scope, receive, send)
  File "/srv/shop/.venv/lib/python3.12/site-packages/channels/routing.py", line 136, in __call__
    raise ValueError("No route found for path %r." % path)
ValueError: No route found for path 'ws/shop/7'."""


@pytest.fixture
def field(page: Page, site: Program) -> Locator:
    page.goto(site.url + "symptoms/")
    return page.get_by_role("textbox", name="what you see")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_pasted_traceback_finds_its_entry_first_and_says_by_which_line(page: Page, field: Locator) -> None:
    """The last line counts most; what says little comes last. The link leads to the entry."""
    tool = page.locator("tool-explain")
    field.fill(PASTED)
    found = tool.get_by_role("listitem")
    expect(found.first.get_by_role("link")).to_have_text("No route found for path '…'.")
    expect(found.first).to_contain_text("Line 7: ")
    expect(found.last.get_by_role("link")).to_contain_text("Exception inside application")
    expect(tool.get_by_role("status").first).to_have_text("2 entries are about this, best first.")
    found.first.get_by_role("link").click()
    expect(page.locator("#no-route-found")).to_be_in_viewport()


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_what_a_traceback_ends_with_and_no_entry_knows_is_said_to_be_so(page: Page, field: Locator) -> None:
    """What is listed then is about what led there, and is not to be taken for the answer."""
    field.fill(
        PASTED + '\n\nTraceback (most recent call last):\n  File "a.py", line 3, in b\nshop.errors.NoRoom: closed'
    )
    status = page.locator("tool-explain").get_by_role("status").first
    expect(status).to_contain_text("No entry is about the last line, “shop.errors.NoRoom: closed”.")
    expect(status).to_contain_text("2 entries are about what led there.")
    field.fill(PASTED.rpartition("\n")[0])
    expect(status).to_contain_text("The traceback is cut off: its last line says most.")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_guesses_are_not_said_to_be_about_it(page: Page, field: Locator) -> None:
    """An entry that has some of the words may be about it, and may not."""
    field.fill("daphne memory grows with pets")
    tool = page.locator("tool-explain")
    expect(tool.get_by_role("listitem").first).to_contain_text("A guess")
    expect(tool.get_by_role("status").first).to_contain_text("may be about this")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_what_is_not_known_is_said_to_be_so(page: Page, field: Locator) -> None:
    """An emptied field says nothing."""
    status = page.locator("tool-explain").get_by_role("status").first
    field.fill("zzz qqq")
    expect(status).to_have_text(re.compile(r"None of the \d+ entries is about this\."))
    field.fill("")
    expect(status).to_have_text("")
    expect(page.locator("tool-explain").get_by_role("listitem")).to_have_count(0)


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_the_list_is_loaded_when_the_field_is_used_and_asked_for_again_if_it_did_not_come(
    page: Page, site: Program, complaints: Complaints
) -> None:
    complaints.expected = {"entries.json", "ERR_FAILED"}
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "entries.json" in request.url else None)
    page.route("**/entries.json", lambda route: route.abort())
    page.goto(site.url + "symptoms/")
    field = page.get_by_role("textbox", name="what you see")
    expect(field).to_be_visible()
    assert asked == []
    field.fill("isort")
    status = page.locator("tool-explain").get_by_role("status").first
    expect(status).to_contain_text("did not load")
    page.unroute_all()
    field.press_sequentially(" ")
    expect(page.locator("tool-explain").get_by_role("link").first).to_have_text("Apps aren't loaded yet.")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_an_address_from_the_time_of_one_page_leads_to_the_entry(page: Page, site: Program) -> None:
    page.goto(site.url + "symptoms/#hangs")
    expect(page).to_have_url(site.url + "symptoms/handshake/#hangs")
    expect(page.locator("#hangs")).to_be_in_viewport()


def test_an_address_leads_to_its_entry_however_far_down(page: Page, site: Program) -> None:
    """Entries that nobody has come near have no height of their own yet: the last one of a long page is met."""
    page.goto(site.url + "symptoms/start/")
    last = page.locator("h2[id]").last.get_attribute("id")
    page.goto(site.url + f"symptoms/start/#{last}")
    heading = page.locator(f"#{last}")
    expect(heading).to_be_in_viewport()
    heading.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    expect(heading).to_be_in_viewport()
