"""Whose mistake it is: ours makes `make newest` red, others' are said loudly."""

from __future__ import annotations

import pytest

from handed_out.newest import LOUD, judge


@pytest.mark.parametrize(
    ("pinned", "newest", "status", "loud"),
    [
        ({}, {"a": ""}, 0, False),
        ({"a": ""}, {"a": "TimeoutError"}, 0, True),
        ({"a": "AssertionError"}, {"a": "AssertionError"}, 1, False),
        ({}, {"a": "AssertionError"}, 1, False),
        ({}, {}, 1, False),
    ],
)
def test_what_fails_with_the_newest_alone_is_loud_and_not_red(
    capsys: pytest.CaptureFixture[str], pinned: dict[str, str], newest: dict[str, str], status: int, loud: bool
) -> None:
    """What failed and was not run once more is our mistake, and so is no test at all."""
    assert judge(pinned, newest) == status
    assert (LOUD in capsys.readouterr().out) == loud
