"""Whose mistake it is: ours makes `make newest` red, others' are said loudly."""

from __future__ import annotations

import pytest

from handed_out.newest import LOUD, judge


@pytest.mark.parametrize(
    ("pinned", "newest", "status", "loud"),
    [
        ({"a": ""}, {"a": ""}, 0, False),
        ({"a": ""}, {"a": "TimeoutError"}, 0, True),
        ({"a": "AssertionError"}, {"a": "AssertionError"}, 1, False),
        ({"a": "AssertionError"}, {"a": ""}, 1, False),
        ({"a": ""}, {}, 0, True),
        ({}, {"a": ""}, 1, False),
        ({}, {}, 1, False),
    ],
)
def test_what_fails_with_the_newest_alone_is_loud_and_not_red(
    capsys: pytest.CaptureFixture[str], pinned: dict[str, str], newest: dict[str, str], status: int, loud: bool
) -> None:
    """A test that was not run has failed, and no test at all is our mistake."""
    assert judge(pinned, newest) == status
    assert (LOUD in capsys.readouterr().out) == loud
