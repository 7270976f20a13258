"""Every transcript of the pages, played in the page's own server by the page's own player."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from in_page.tests.conftest import Node
from live_docs.markdown.pages import read_pages
from live_docs.notation.steps import Connect, Request
from live_docs.notation.transcript import Transcript
from testing.player_cases import described
from testing.project import ROOT

NOT_HERE = ROOT / "docs" / "assets" / "live" / "here" / "not-here.json"
MOST_NOT_HERE = 0.15


@dataclass(frozen=True)
class Printed:
    """A transcript, and where it is printed."""

    where: str
    transcript: Transcript

    @property
    def paths(self) -> list[str]:
        """What it opens and asks for."""
        steps = [line.step for line in self.transcript.lines]
        return [step.path for step in steps if isinstance(step, Connect | Request)]

    def asks(self, listed: list[str]) -> bool:
        """Whether it asks for anything below some paths."""
        return any(path.startswith(tuple(listed)) for path in self.paths)


def printed() -> Iterator[Printed]:
    for page in read_pages(ROOT / "docs"):
        for transcript in page.transcripts:
            yield Printed(f"{page.path.relative_to(ROOT)}:{transcript.lines[0].number}", transcript)


def listed() -> list[str]:
    """The paths that need what a page has not."""
    return [path for entry in json.loads(NOT_HERE.read_text()) for path in entry["paths"]]


def test_every_transcript_goes_here_as_it_goes_there(node: Node) -> None:
    """Line by line as printed, to which the real server is held; but some of the sandboxes that are listed, and few."""
    transcripts = list(printed())
    answers = node("play.js", [described(one.transcript) for one in transcripts]).splitlines()
    ends = [json.loads(answer) for answer in answers]
    assert len(ends) == len(transcripts)
    differ = {one: end for one, end in zip(transcripts, ends, strict=True) if end["line"] is not None}
    listed_paths = listed()
    assert {one.where: end for one, end in differ.items() if not one.asks(listed_paths)} == {}
    assert [path for path in listed_paths if not any(one.asks([path]) for one in differ)] == []
    assert len(differ) <= MOST_NOT_HERE * len(transcripts)
