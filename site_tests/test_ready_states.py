"""The page *Ready states and calls*: its table is what its functions say, in either browser."""

from playwright.sync_api import Page, expect

from testing.browser import Complaints
from testing.program import Program
from testing.tool_step import Step

STATES = ("connecting", "open", "closing", "closed")


def test_each_call_does_in_each_state_what_the_table_says(page: Page, site: Program, complaints: Complaints) -> None:
    """Every cell, made to happen by the page's own button."""
    complaints.expected = {"/ws/", "CLOSING or CLOSED"}
    page.goto(site.url + "reference/ready-states/")
    rows = page.locator("article table").first.locator("tbody tr").all()
    table = [row.locator("td").all_inner_texts() for row in rows]
    assert [len(row) for row in table] == [1 + len(STATES)] * len(table)
    step = Step(page, "calls")
    for at, state in enumerate(STATES, 1):
        lines = step.press(state)
        expect(lines).to_have_text([f"{row[0]}: {row[at]}" for row in table])
