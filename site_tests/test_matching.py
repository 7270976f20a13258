"""The widget's matching against the cases that Python's is held to."""

import json
from pathlib import Path

from playwright.sync_api import Page

from testing.program import Program

CASES = json.loads((Path(__file__).parent.parent / "live_docs/tests/matching_cases.json").read_text())

COMPARE = """async ([module, cases]) => {
  const { match } = await import(module);
  const listed = (captures) => captures && JSON.stringify(Array.from(captures).sort());
  const wrong = cases.filter(({ expected, got, matches, captures = {} }) =>
    listed(match(expected, got)) !== (matches ? listed(Object.entries(captures)) : null));
  return wrong.map(({ says }) => says);
}"""


def test_the_browser_and_python_agree_on_what_counts_as_the_same(page: Page, site: Program) -> None:
    """A transcript must not be right in one and wrong in the other."""
    page.goto(site.url)
    assert page.evaluate(COMPARE, [site.url + "assets/live/notation/matching.js", CASES]) == []
