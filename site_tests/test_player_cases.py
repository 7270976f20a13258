"""The browser's player, held to the lies to which Python's is held: testing/player_cases.json."""

import pytest
from playwright.sync_api import Browser

from testing.browser_player import Assets, play_in_browser
from testing.player_cases import read_cases
from testing.program import Program

ENOUGH = 60


@pytest.mark.long
def test_every_lie_is_told_at_its_line_with_what_came(browser: Browser, assets: Assets, cases_stage: Program) -> None:
    """Each step of the notation, wrong in each way in which it can be; and right, where it must not be called wrong."""
    cases = read_cases("browser")
    assert len([case for case in cases if case.line["browser"]]) >= ENOUGH
    page = browser.new_page()
    wrong = [words for words in play_in_browser(page, assets, cases) if words]
    page.close()
    assert wrong == []
