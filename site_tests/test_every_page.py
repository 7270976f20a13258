"""Every page of the navigation, opened and clicked through: one opening for all that is tried on it, in any order."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from live_docs.markdown.pages import Page as Source
from live_docs.markdown.pages import read_page
from live_docs.notation.steps import AsgiEvent, Closed, Connect, Raised, Refused, Request, Response, Unanswered
from live_docs.notation.transcript import Transcript
from testing.browser import EVERYTHING_IS_NEAR, PATIENCE_MS, Complaints
from testing.navigation import PAGES, address
from testing.program import Program
from testing.project import ROOT
from testing.sandbox import OVERFLOWING, TRANSCRIPTS, Sandbox, switch_palette, wake_all

NO_CLOSE_FRAME = 1006


@dataclass
class Opened:
    """A page of the site in a browser, what its Markdown holds, and what went wrong on it."""

    name: str
    source: Source
    page: Page
    complaints: Complaints = field(default_factory=Complaints)
    elsewhere: list[str] = field(default_factory=list)
    """What it asked of other machines than this one."""

    def note(self, url: str) -> None:
        if "//127.0.0.1:" not in url and not url.startswith("data:"):
            self.elsewhere.append(url)


@pytest.fixture(scope="module", params=PAGES)
def opening(request: pytest.FixtureRequest, browser: Browser, site: Program) -> Iterator[Opened]:
    """One page, opened once for all of this module's tests."""
    context = browser.new_context()
    opened = Opened(request.param, read_page(ROOT / "docs" / request.param), context.new_page())
    opened.page.set_default_timeout(PATIENCE_MS)
    opened.page.add_init_script(EVERYTHING_IS_NEAR)
    opened.page.on("request", lambda request: opened.note(request.url))
    opened.complaints.listen(opened.page)
    played = [fence.transcript for fence in opened.source.live]
    solutions = [fence.challenge.solution for fence in opened.source.challenges]
    opened.complaints.expected = expected_errors([*played, *solutions])
    opened.page.goto(site.url + address(opened.name))
    wake_all(opened.page)
    yield opened
    context.close()


@pytest.fixture
def opened(opening: Opened) -> Iterator[Opened]:
    """The page, whose console must stay clean."""
    yield opening
    heard, opening.complaints.heard = opening.complaints.heard, []
    assert heard == []


def expected_errors(transcripts: Iterable[Transcript]) -> set[str]:
    """The paths to which transcripts expect an HTTP error for an answer, or that TCP ends without a close frame."""
    paths = set()
    for transcript in transcripts:
        steps = [line.step for line in transcript.lines if not isinstance(line.step, AsgiEvent | Raised)]
        for step, following in pairwise(steps):
            match step, following:
                case (Connect(path), Refused() | Unanswered()):
                    paths.add(path.partition("${")[0])
                case (Request(_, path), Response(status)) if status >= 400:
                    paths.add(path.partition("${")[0])
        if Closed(NO_CLOSE_FRAME) in steps:
            paths |= {step.path.partition("${")[0] for step in steps if isinstance(step, Connect)}
    return paths


def test_the_page_is_whole(opened: Opened) -> None:
    """One title, no include left unread, no element without its script, nothing from another site.

    How its Markdown is written is checked where it is written: `python -m live_docs check docs/`.
    """
    page = opened.page
    expect(page.locator("article h1")).to_have_count(1)
    assert "--8" not in page.locator("article").inner_text()
    assert opened.elsewhere == []


PLAIN_ALIKE = """() => {
  const seen = new Set();
  for (const span of document.querySelectorAll("article .highlight code span")) {
    const names = [];
    for (let at = span; !at.matches(".highlight"); at = at.parentElement) names.push(at.localName + "." + at.className);
    if (seen.has(names.join())) span.replaceWith(...span.childNodes);
    seen.add(names.join());
  }
}"""
"""Of the words of code of one colour on one ground, leaves one: axe-core would measure each of thousands."""


@pytest.mark.long
@pytest.mark.only_browser("chromium")  # the same rules on the same document: Firefox would take as long again
def test_no_accessibility_fault_in_either_palette(opened: Opened) -> None:
    """axe-core finds nothing: names, roles, order and, in each palette, contrast; after a run, where there is one."""
    page = opened.page
    if opened.source.live:
        Sandbox(page).run()
    page.evaluate(PLAIN_ALIKE)
    for palette, rules in (("default", {}), ("slate", {"runOnly": ["color-contrast"]})):
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", palette)
        page.wait_for_function("document.getAnimations().every(animation => animation.playState !== 'running')")
        faults = (
            Axe().run(page, options={"resultTypes": ["violations"], "preload": False, **rules}).response["violations"]
        )
        found = [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in faults]
        switch_palette(page)
        assert found == [], f"{palette}: {json.dumps(found, indent=1)}"


@pytest.mark.long
def test_the_page_fits_a_phone(opened: Opened) -> None:
    """At 360 pixels nothing sticks out, before or after a run, and buttons are large enough to touch."""
    page, before = opened.page, opened.page.viewport_size
    assert before is not None
    page.set_viewport_size({"width": 360, "height": 740})
    if opened.source.live:
        sandbox = Sandbox(page)
        sandbox.run()
        box = sandbox.button("Run").bounding_box()
        assert box is not None
        assert box["height"] >= 24
    overflowing = page.evaluate(OVERFLOWING)
    fits = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.set_viewport_size(before)
    assert overflowing == []
    assert fits


def test_every_transcript_of_the_page_runs_as_written(opened: Opened) -> None:
    """Each sandbox connects, and each of its lines is ticked; a line that is not is named with its place."""
    page, fences = opened.page, opened.source.live
    expect(page.locator(TRANSCRIPTS)).to_have_count(len(fences))
    wrong = []
    for number, fence in enumerate(fences):
        sandbox = Sandbox(page, page.locator(TRANSCRIPTS).nth(number))
        sandbox.run()
        for line, mark in zip(fence.transcript.lines, sandbox.outcomes(), strict=True):
            if mark == "different":
                wrong.append(f"docs/{opened.name}:{line.number}: {line.text}: {sandbox.came()}")
        if not wrong:
            assert set(sandbox.outcomes()) == {"same"}
            expect(sandbox.happenings.first).to_be_visible()
    assert wrong == []


@pytest.mark.long
@pytest.mark.only_browser("chromium")  # the same lines, which Firefox plays above
def test_every_challenge_is_reached_by_its_solution(opened: Opened) -> None:
    """Revealed and run as a reader would, it makes each line of the goal come true."""
    page, challenges = opened.page, opened.source.challenges
    expect(page.locator("live-challenge")).to_have_count(len(challenges))
    unreached = []
    for number, fence in enumerate(challenges):
        challenge = page.locator("live-challenge").nth(number)
        sandbox = Sandbox(page, challenge.locator("live-sandbox"))
        challenge.get_by_text("A solution").click()
        said = sandbox.run("Run the solution")
        status = challenge.locator(".live-verdict-words").inner_text()
        challenge.get_by_text("A solution").click()
        if not status.startswith("Reached"):
            unreached.append(f"docs/{opened.name}:{fence.line}: {fence.title}: {said} {status}")
    assert unreached == []
