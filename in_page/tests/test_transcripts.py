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
        return [step.path.partition("?")[0] for step in steps if isinstance(step, Connect | Request)]


def printed() -> Iterator[Printed]:
    for page in read_pages(ROOT / "docs"):
        for transcript in page.transcripts:
            yield Printed(f"{page.path.relative_to(ROOT)}:{transcript.lines[0].number}", transcript)


def listed() -> list[str]:
    """The paths that need what a page has not."""
    return [path for entry in json.loads(NOT_HERE.read_text()) for path in entry["paths"]]


def test_every_transcript_goes_here_as_it_goes_there(node: Node) -> None:
    """Line by line as printed, to which the real server is held; but those that are listed, with the reason."""
    transcripts = list(printed())
    answers = node("play.js", [described(one.transcript) for one in transcripts]).splitlines()
    ends = [json.loads(answer) for answer in answers]
    assert len(ends) == len(transcripts)
    not_here = tuple(listed())
    differ = [
        f"{one.where}: line {end['line']}: {end['came']}"
        for one, end in zip(transcripts, ends, strict=True)
        if end["line"] is not None and not any(path.startswith(not_here) for path in one.paths)
    ]
    assert differ == []
    went = {path for one, end in zip(transcripts, ends, strict=True) if end["line"] is None for path in one.paths}
    assert [path for path in not_here if path in went] == []


def test_few_transcripts_cannot_be_played_here() -> None:
    """At most so many of all."""
    not_here = tuple(listed())
    transcripts = list(printed())
    cannot = [one.where for one in transcripts if any(path.startswith(not_here) for path in one.paths)]
    assert len(cannot) <= MOST_NOT_HERE * len(transcripts), cannot
