"""The widget's matching against the cases that Python's is held to."""

import json
from pathlib import Path

from playwright.sync_api import Page

from conftest import Program

CASES = json.loads((Path(__file__).parent.parent / "live_docs/tests/matching_cases.json").read_text())

COMPARE = """async ([module, cases]) => {
  const { matches } = await import(module);
  const wrong = cases.filter(({ expected, got, matches: should }) => matches(expected, got) !== should);
  return wrong.map(({ says }) => says);
}"""


def test_the_browser_and_python_agree_on_what_counts_as_the_same(page: Page, site: Program) -> None:
    """A transcript must not be right in one and wrong in the other."""
    page.goto(site.url)
    assert page.evaluate(COMPARE, [site.url + "assets/live/matching.js", CASES]) == []
