"""Every example of the playground, in the page's own server: its transcript read there, and played."""

from __future__ import annotations

import json

from handed_out.home.examples import examples
from in_page.tests.conftest import Node


def test_every_example_goes_as_its_transcript_says(node: Node) -> None:
    """One after the other, as a reader tries them: nothing of one is left in the next."""
    works = examples()
    assert len(works) >= 6
    ends = [json.loads(line) for line in node("play.js", {"works": works}).splitlines()]
    assert len(ends) == len(works)
    went = {work["title"]: end for work, end in zip(works, ends, strict=True)}
    assert {title: end for title, end in went.items() if end != {"line": None, "came": ""}} == {}
