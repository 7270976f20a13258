"""The picture of consumers at work, as a reader of the page about consumers runs it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from testing.browser import Complaints
from testing.program import Program


def open_tool(page: Page, site: Program) -> Locator:
    page.goto(site.url + "learn/consumers/")
    tool = page.locator("tool-four-consumers")
    tool.scroll_into_view_if_needed()
    return tool


def test_four_of_each_kind_are_measured_and_drawn(page: Page, site: Program) -> None:
    """Sync handlers stand one behind the other, async ones one under the other; each picture is also in words."""
    tool = open_tool(page, site)
    tool.get_by_role("button", name="Run", exact=True).click()
    expect(tool.locator(".live-result")).to_have_text("Measured. Compare the three.")
    sync, async_, pool = tool.locator(".four-kind").all()
    expect(sync).to_contain_text(re.compile(r"All done after \d{3,} ms, one after the other, in 1 thread\."))
    expect(async_).to_contain_text("at the same time, in 1 thread.")
    expect(pool).to_contain_text("at the same time, in 4 threads.")
    expect(sync.get_by_role("img")).to_have_accessible_name(re.compile(r"handlers worked from (\d+ to \d+ ms, ){3}"))
    starts = "lines => lines.map(line => Math.round(line.getBoundingClientRect().x))"
    drawn = [kind.locator(".four-works").evaluate_all(starts) for kind in (sync, async_)]
    assert drawn[0] == sorted(set(drawn[0]))
    assert max(drawn[1]) < drawn[0][1]


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_number_out_of_bounds_is_not_asked_for(page: Page, site: Program) -> None:
    """The field says so, and the Enter key asks as the button does."""
    tool = open_tool(page, site)
    number = tool.get_by_role("spinbutton", name="consumers (1 to 8)")
    put = "(input, value) => { input.value = value }"  # fill() does not empty number fields in Firefox first
    number.evaluate(put, "9")
    number.press("Enter")
    expect(tool.locator("input:invalid")).to_have_count(1)
    expect(tool.locator(".live-result")).to_have_text("")
    number.evaluate(put, "1")
    number.press("Enter")
    expect(tool.locator(".live-result")).to_have_text("Measured. Compare the three.")
    expect(tool.locator(".four-works")).to_have_count(3)


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_socket_that_is_refused_is_told(page: Page, site: Program, complaints: Complaints) -> None:
    """Nothing hangs, nothing is drawn, and the button works again."""
    complaints.expected = {"/ws/nowhere/"}
    tool = open_tool(page, site)
    page.evaluate(
        """() => {
          const Real = WebSocket;
          window.WebSocket = function (url) { return new Real(url.replace("four-consumers", "nowhere")) };
        }"""
    )
    for _ in range(2):
        tool.get_by_role("button", name="Run", exact=True).click()
        expect(tool.locator(".live-result")).to_have_text("Error: The socket closed with 1006.")
    expect(tool.locator(".four-works")).to_have_count(0)
