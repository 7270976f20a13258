"""Edited modules: new connections get the new code, and what fails leaves the last good version running."""

from __future__ import annotations

import json
from typing import Any

import pytest

from in_page.tests.conftest import Node


@pytest.fixture(scope="module")
def steps(node: Node) -> list[dict[str, Any]]:
    """What js_tests/live/here/edit.js tells: of each edit its traceback, and what a new connection then answers."""
    return [json.loads(line) for line in node("edit.js").splitlines()]


@pytest.mark.parametrize(
    ("step", "traceback", "answer"),
    [
        pytest.param(0, "", "olleh", id="new code answers"),
        pytest.param(1, 'File "sandbox_server/sandboxes/echo.py", line 1\n    def broken(:', "olleh", id="not Python"),
        pytest.param(2, 'echo.py", line 6, in <module>\n    1 / 0\n', "olleh", id="fails while it is imported"),
        pytest.param(3, "", 1011, id="an endless loop ends"),
        pytest.param(4, "", 1011, id="one that catches every Exception ends, too"),
        pytest.param(5, "TimeoutError: this code kept the event loop busy for 2 s", 1011, id="one at import ends"),
        pytest.param(6, "", 1011, id="an exception closes"),
        pytest.param(7, "", "from the group", id="synchronous code waits"),
        pytest.param(8, "cannot be changed here", "from the group", id="the server itself is not edited"),
        pytest.param(9, "", 1011, id="memory without end, in large pieces, is MemoryError"),
        pytest.param(10, "", 1011, id="memory without end, in small pieces, ends, too"),
        pytest.param(11, "", "olleh", id="and the next one has memory again"),
        pytest.param(12, "", "mine", id="a module of one's own, and a route to it"),
        pytest.param(13, "", "olleh", id="a module of a package is imported"),
        pytest.param(14, "", "olleh", id="and after the next edit its package knows none of before"),
        pytest.param(15, "1 / 0\n", "second", id="after a mistake, a row goes with those that refer to it"),
    ],
)
def test_an_edit(steps: list[dict[str, Any]], step: int, traceback: str, answer: str | int) -> None:
    """A traceback names the file and the line that were edited, and none of the house around them."""
    assert traceback in steps[step]["traceback"]
    assert bool(traceback) == bool(steps[step]["traceback"])
    assert steps[step]["answer"] == answer


def test_a_connection_goes_on_with_the_code_that_it_began_with(steps: list[dict[str, Any]]) -> None:
    """However often the module was edited since."""
    assert steps[-1]["before"] == "still"


def test_the_page_is_told_of_what_leaves_edited_code(steps: list[dict[str, Any]]) -> None:
    """With a traceback that ends in the reader's own line."""
    ends = [text for text in steps[-1]["raised"] if text.endswith("LookupError: hello\n")]
    assert len(ends) == 1
    assert 'File "sandbox_server/sandboxes/echo.py", line 8, in receive\n    raise LookupError(text_data)' in ends[0]


def test_the_page_is_told_that_memory_is_used_up(steps: list[dict[str, Any]]) -> None:
    """At its line, in Python's own word for it."""
    assert any(text.endswith("MemoryError\n") and "kept = [bytearray" in text for text in steps[-1]["raised"])


@pytest.mark.long
def test_where_the_browser_cannot_wait_synchronous_code_says_so(node: Node) -> None:
    """What needs no waiting goes; what does is closed with 1011, and the exception names JSPI and what to do."""
    steps = [json.loads(line) for line in node("edit.js", WITHOUT_JSPI="1").splitlines()]
    assert steps[0]["answer"] == "olleh"
    assert steps[7]["answer"] == 1011
    assert any("no JSPI" in text and "`async def` and await" in text for text in steps[-1]["raised"])
