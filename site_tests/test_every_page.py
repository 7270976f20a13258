"""Every page of the navigation, opened and clicked through."""

import pytest
from playwright.sync_api import Page, expect

from conftest import ROOT, Program
from live_docs.pages import LiveFence, read_page
from live_docs.steps import Connect, Refused
from site_tests.conftest import Complaints
from site_tests.navigation import PAGES, address
from site_tests.sandbox import Sandbox

pytestmark = pytest.mark.parametrize("source", PAGES)


def refused_paths(fences: list[LiveFence]) -> set[str]:
    """The paths whose handshake the page's own transcripts expect to fail."""
    steps = [[line.step for line in fence.transcript.lines] for fence in fences]
    return {
        step.path
        for sequence in steps
        for step, following in zip(sequence, [*sequence[1:], None], strict=True)
        if isinstance(step, Connect) and isinstance(following, Refused)
    }


def test_every_transcript_of_the_page_runs_as_written(
    page: Page, site: Program, source: str, complaints: Complaints
) -> None:
    """Each sandbox connects, and each of its lines is ticked; a line that is not is named with its place."""
    fences = read_page(ROOT / "docs" / source).live
    complaints.refused_paths = refused_paths(fences)
    page.goto(site.url + address(source))
    expect(page.locator("live-sandbox")).to_have_count(len(fences))
    wrong = []
    for number, fence in enumerate(fences):
        sandbox = Sandbox(page, number)
        sandbox.run()
        for line, mark in zip(fence.transcript.lines, sandbox.outcomes(), strict=True):
            if mark == "different":
                wrong.append(f"docs/{source}:{line.number}: {line.text}: {sandbox.came()}")
        if not wrong:
            assert set(sandbox.outcomes()) == {"same"}
            expect(sandbox.happenings.first).to_be_visible()
    assert wrong == []


def test_nothing_is_loaded_from_another_site(page: Page, site: Program, source: str) -> None:
    """Fonts, scripts, styles and pictures are all ours."""
    elsewhere: list[str] = []
    page.on("request", lambda request: elsewhere.append(request.url) if "//127.0.0.1:" not in request.url else None)
    page.goto(site.url + address(source), wait_until="networkidle")
    assert elsewhere == []


def test_no_include_is_left_unread(page: Page, site: Program, source: str) -> None:
    """Code on a page is included from the module that runs; a marker in the text means that it was not."""
    page.goto(site.url + address(source))
    text = page.locator("article").inner_text()
    assert "--8" not in text


def test_the_page_begins_with_one_title_and_ends_with_its_sources(page: Page, site: Program, source: str) -> None:
    """A page of the course also has its mistakes and exactly three questions, with the answers folded."""
    page.goto(site.url + address(source))
    expect(page.locator("article h1")).to_have_count(1)
    assert page.locator('meta[name="description"]').get_attribute("content")
    if source.startswith("learn/"):
        for heading in ("Mistakes people make", "Check yourself", "Sources"):
            expect(page.locator("article h2", has_text=heading)).to_have_count(1)
        expect(page.locator("article details.question:not([open])")).to_have_count(3)
