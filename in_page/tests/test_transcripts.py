"""Every transcript of the pages, played in the page's own server by the page's own player."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from in_page.tests.conftest import Node
from live_docs.markdown.pages import read_pages
from live_docs.notation.steps import Connect, Request
from live_docs.notation.transcript import Transcript
from testing.player_cases import described, for_the_browser, read_cases
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


@pytest.mark.long
def test_every_transcript_goes_here_as_it_goes_there(node: Node) -> None:
    """Line by line as printed, to which the real server is held; but some of the sandboxes that are listed, and few."""
    transcripts = list(printed())
    answers = node("play.js", {"transcripts": [described(one.transcript) for one in transcripts]}).splitlines()
    ends = [json.loads(answer) for answer in answers]
    assert len(ends) == len(transcripts)
    differ = {one: end for one, end in zip(transcripts, ends, strict=True) if end["line"] is not None}
    listed_paths = listed()
    assert {one.where: end for one, end in differ.items() if not one.asks(listed_paths)} == {}
    assert [path for path in listed_paths if not any(one.asks([path]) for one in differ)] == []
    assert len(differ) <= MOST_NOT_HERE * len(transcripts)


def from_elsewhere(transcript: Transcript) -> bool:
    steps = [line.step for line in transcript.lines]
    return any(isinstance(step, Connect) and step.origin is not None for step in steps)


STAGE = """from django.urls import re_path

from testing.acts import answer, converse

websocket_urlpatterns = [re_path("^stage/", converse)]
http_applications = [re_path("^stage/", answer)]
"""
AT_ONCE = 12


def test_every_lie_is_told_here_too(node: Node) -> None:
    """The cases to which both players are held on Daphne, against an application that does as it is told.

    Not those of a page from elsewhere: here the application stands behind this site's own check of origins.
    """
    cases = [case for case in read_cases("browser") if not from_elsewhere(case.transcript)]
    files = {
        "testing/__init__.py": "",
        "testing/acts.py": (ROOT / "testing" / "acts.py").read_text(),
        "sandbox_server/sandboxes/stage.py": STAGE,
    }
    given = {"transcripts": for_the_browser(cases), "files": files, "atOnce": AT_ONCE}
    ends = [json.loads(answer) for answer in node("play.js", given).splitlines()]
    verdicts = [case.verdict("browser", end["line"], end["came"]) for case, end in zip(cases, ends, strict=True)]
    assert "\n".join(filter(None, verdicts)) == ""
