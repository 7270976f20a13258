"""What counts as the same; the widget is held to the same cases by js_tests/live/notation/matching.test.js."""

import json
from pathlib import Path
from typing import Any

import pytest

from live_docs.notation.matching import match

CASES = json.loads((Path(__file__).parent / "matching_cases.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_matches_as_the_shared_cases_say(case: dict[str, Any]) -> None:
    """Python's matching agrees with the table that the widget's is held to as well."""
    expected = case.get("captures", {}) if case["matches"] else None
    assert match(case["expected"], case["got"]) == expected
