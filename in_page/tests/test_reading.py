"""A transcript that a reader has written, as the page gets it."""

from __future__ import annotations

import json

from in_page.reading import read


def test_each_line_is_told_as_it_is_printed_and_as_it_is_played() -> None:
    """With its number, its client, its notes, and how its sigil is said."""
    told = json.loads(read("# Who\nalice: connect /ws/\nalice: > hi\n"))
    assert told["problems"] == []
    assert [(line["number"], line["client"], line["text"]) for line in told["lines"]] == [
        (2, "alice", "connect /ws/"),
        (3, "alice", "> hi"),
    ]
    assert told["lines"][0]["notes"] == ["Who"]
    assert told["lines"][1]["spoken"] == "client sends:"
    assert told["lines"][1]["step"] == {"do": "send", "data": "hi", "binary": False}


def test_every_mistake_is_told_with_its_line() -> None:
    """In the notation's own words; then there are no lines."""
    told = json.loads(read("conect /ws/\n\n> hi\nclose 99"))
    assert told["lines"] == []
    assert [problem["line"] for problem in told["problems"]] == [1, 4]
    assert "`conect /ws/` is no step" in told["problems"][0]["message"]


def test_nothing_is_no_transcript() -> None:
    assert "at least one step" in json.loads(read(""))["problems"][0]["message"]
