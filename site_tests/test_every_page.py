"""Every page of the navigation, opened and clicked through."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from conftest import ROOT, Program
from live_docs.pages import read_page
from live_docs.steps import Connect, Refused, Request, Response
from live_docs.transcript import Transcript
from site_tests.conftest import Complaints
from site_tests.navigation import PAGES, address
from site_tests.sandbox import Sandbox

TRANSCRIPTS = "live-sandbox:not([data-start])"
"""Those that are no challenge's solution."""

pytestmark = pytest.mark.parametrize("source", PAGES)


def expected_errors(transcripts: Iterable[Transcript]) -> set[str]:
    """The paths to which transcripts expect an HTTP error for an answer."""
    paths = set()
    for transcript in transcripts:
        steps = [line.step for line in transcript.lines]
        for step, following in pairwise(steps):
            match step, following:
                case (Connect(path), Refused()):
                    paths.add(path)
                case (Request(_, path), Response(status)) if status >= 400:
                    paths.add(path)
    return paths


def test_every_transcript_of_the_page_runs_as_written(
    page: Page, site: Program, source: str, complaints: Complaints
) -> None:
    """Each sandbox connects, and each of its lines is ticked; a line that is not is named with its place."""
    fences = read_page(ROOT / "docs" / source).live
    complaints.expected = expected_errors(fence.transcript for fence in fences)
    page.goto(site.url + address(source))
    expect(page.locator(TRANSCRIPTS)).to_have_count(len(fences))
    wrong = []
    for number, fence in enumerate(fences):
        sandbox = Sandbox(page, page.locator(TRANSCRIPTS).nth(number))
        sandbox.run()
        for line, mark in zip(fence.transcript.lines, sandbox.outcomes(), strict=True):
            if mark == "different":
                wrong.append(f"docs/{source}:{line.number}: {line.text}: {sandbox.came()}")
        if not wrong:
            assert set(sandbox.outcomes()) == {"same"}
            expect(sandbox.happenings.first).to_be_visible()
    assert wrong == []


def test_every_challenge_is_reached_by_its_solution(
    page: Page, site: Program, source: str, complaints: Complaints
) -> None:
    """Revealed and run as a reader would, it makes each line of the goal come true."""
    challenges = read_page(ROOT / "docs" / source).challenges
    complaints.expected = expected_errors(fence.challenge.solution for fence in challenges)
    page.goto(site.url + address(source))
    expect(page.locator("live-challenge")).to_have_count(len(challenges))
    unreached = []
    for number, fence in enumerate(challenges):
        challenge = page.locator("live-challenge").nth(number)
        sandbox = Sandbox(page, challenge.locator("live-sandbox"))
        challenge.get_by_text("A solution").click()
        said = sandbox.run("Run the solution")
        status = challenge.locator(".live-goal [role=status]").inner_text()
        if not status.startswith("Reached"):
            unreached.append(f"docs/{source}:{fence.line}: {fence.title}: {said} {status}")
    assert unreached == []


def test_the_page_is_whole(page: Page, site: Program, source: str) -> None:
    """One title, a description, no include left unread, no element without its script, nothing from another site;
    and, in the course, the mistakes people make, three questions with their answers folded, and the sources.
    """
    elsewhere: list[str] = []
    page.on("request", lambda request: elsewhere.append(request.url) if "//127.0.0.1:" not in request.url else None)
    page.goto(site.url + address(source))
    expect(page.locator("article h1")).to_have_count(1)
    assert page.locator('meta[name="description"]').get_attribute("content")
    assert "--8" not in page.locator("article").inner_text()
    expect(page.locator("article :not(:defined)")).to_have_count(0)
    if source.startswith("learn/"):
        for heading in ("Mistakes people make", "Check yourself", "Sources"):
            expect(page.locator("article h2", has_text=heading)).to_have_count(1)
        expect(page.locator("article details.question:not([open])")).to_have_count(3)
    assert elsewhere == []
