"""The path from a symptom to its cause: asked, gone back, played, and by the keyboard alone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from testing.browser import Complaints
from testing.program import Program
from testing.project import ROOT

pytestmark = pytest.mark.only_browser("chromium")  # no engine has a part in it


@pytest.fixture
def tool(page: Page, site: Program) -> Locator:
    page.goto(site.url + "learn/debugging/")
    tool = page.locator("tool-questions")
    tool.scroll_into_view_if_needed()
    return tool


def test_the_keyboard_leads_to_a_cause_and_back(page: Page, tool: Locator) -> None:
    """The next question has the focus, so it is read out; at the end, what was found."""
    question = tool.locator("legend")
    expect(question).to_contain_text("How far did it come?")
    tool.get_by_role("button", name="open never came").press("Enter")
    expect(question).to_have_text("Which status does the tab Network show, or curl?")
    expect(question).to_be_focused()
    for _ in range(5):  # past four answers
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(question).to_contain_text("from your consumer's side?")
    tool.get_by_role("button", name="No", exact=True).press("Enter")
    expect(question).to_have_text("That is the end of this path.")
    found = tool.locator(".questions-taken > li").last
    expect(found).to_be_focused()
    expect(found.get_by_role("link")).to_have_attribute("href", re.compile("front-door/#the-origin-check"))
    tool.get_by_role("button", name="One back").press("Enter")
    expect(question).to_contain_text("from your consumer's side?")
    tool.get_by_role("button", name="From the start").press("Enter")
    expect(question).to_contain_text("How far did it come?")
    expect(tool.locator(".questions-taken > li")).to_have_count(0)


def test_a_failure_that_is_tried_says_which_step_it_was(tool: Locator, complaints: Complaints) -> None:
    """One that never opens, and one that is closed with a code."""
    complaints.expected = {"/ws/life/"}
    said = tool.get_by_role("status").first
    tool.get_by_role("button", name="open never came").click()
    tool.get_by_role("button", name="Try it: /ws/life/refuse/").click()
    expect(said).to_contain_text("Step 1 or 2")
    expect(tool.get_by_role("log")).to_contain_text("close 1006, wasClean false")
    tool.get_by_role("button", name="One back").click()
    expect(said).to_have_text("")
    tool.get_by_role("button", name="open came, and close right after it").click()
    tool.get_by_role("button", name="Try it: /ws/life/accept-then-close/").click()
    expect(said).to_have_text("Step 3: it opened, and was closed at once, with 4001.")


def test_what_is_asked_is_a_list_on_the_page_as_well(tool: Locator) -> None:
    """For print and for no JavaScript: folded, right after the tool, with every answer that was written."""
    written = (ROOT / "docs/learn/debugging.md").read_text(encoding="utf-8")
    listed = tool.locator("xpath=../following-sibling::*[1]")
    expect(listed.locator("li > em:first-child")).to_have_count(
        len(re.findall(r"^ +- \*\w|^ +- \*`", written, re.MULTILINE))
    )
    expect(listed.locator("li > strong").first).to_contain_text("How far did it come?")
