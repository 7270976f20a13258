"""How transcripts once went, shown in the diagram before the first run, and where no server answers."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from testing.browser import Complaints
from testing.built_site import BuiltSite
from testing.program import Program
from testing.sandbox import LANES, Sandbox, wake_all

PAGE = "learn/websockets/"
RECALLED = re.compile(r"As it went on \d+ \w+ \d{4}")

pytestmark = pytest.mark.only_browser("chromium")  # no engine has a part in it


def test_how_it_once_went_is_shown_before_the_first_run(page: Page, site: Program) -> None:
    """With its day, step by step, in each lane; the first run takes its place, and nothing of it counts as one."""
    page.goto(site.url + PAGE)
    sandbox = Sandbox(page)
    recalled = sandbox.root.get_by_role("grid", name=RECALLED)
    expect(recalled).to_be_visible()
    expect(sandbox.root.locator(".live-about")).to_contain_text("Press Run to see it happen.")
    expect(sandbox.root.locator(".live-about")).to_contain_text("Channels")
    sandbox.show_lanes(*LANES)
    for lane in ("js", "wire", "asgi", "consumer"):
        expect(recalled.locator(f'.live-happening[data-lane="{lane}"]')).not_to_have_count(0)
    slider = sandbox.root.get_by_role("slider")
    slider.fill("2")
    expect(sandbox.root.locator(".live-step-words")).to_have_text(re.compile(r"step 2 of \d+"))
    sandbox.root.locator(".live-happening", has_text='text "hello"').first.get_by_role("button").click()
    expect(sandbox.root.locator(".live-fields")).to_contain_text("payload")
    sandbox.button("Copy link").click()
    expect(sandbox.result).to_have_text("Nothing has happened yet: press Run first.")
    assert set(sandbox.outcomes()) == {None}
    sandbox.run()
    expect(recalled).to_have_count(0)
    expect(sandbox.happenings).not_to_have_count(0)
    expect(sandbox.root.locator(".live-about")).not_to_contain_text("Press Run")
    sandbox.button("Reset").click()
    expect(recalled).to_be_visible()
    sandbox.open_play()
    sandbox.button("Connect").click()
    expect(recalled).to_have_count(0)
    expect(sandbox.states).to_have_text("OPEN")


def test_nothing_is_given_away(page: Page, site: Program) -> None:
    """Of a line with a blank, or of a solution, nothing is shown before the reader has run it."""
    page.goto(site.url + PAGE)
    wake_all(page)
    expect(page.locator(".live-recalled").first).to_be_visible()
    asking = page.locator("live-sandbox:is([data-start], :has(.live-blank))")
    expect(asking.locator(".live-recalled")).to_have_count(0)
    expect(asking.locator(".live-happening")).to_have_count(0)
    expect(page.locator("live-challenge .live-recorded")).to_have_count(0)


@pytest.mark.long
def test_a_page_asks_for_its_runs_once_and_only_when_one_comes_near(browser: Browser, site: Program) -> None:
    """However many sandboxes show one."""
    page = browser.new_page(viewport={"width": 1280, "height": 200})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/recorded/" in request.url else None)
    page.goto(site.url + "symptoms/")
    expect(page.locator("article h1")).to_be_visible()
    first = len([url for url in asked if url.endswith(".json")])
    page.goto(site.url + PAGE)
    wake_all(page)
    expect(page.locator(".live-recalled")).not_to_have_count(1)
    assert first == 0
    assert [url for url in asked if url.endswith(".json")] == [f"{site.url}recorded/learn/websockets.json"]
    page.close()


HEIGHTS = "Array.from(document.querySelectorAll('live-sandbox'), ({ offsetHeight }) => offsetHeight)"


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_when_it_is_shown(page: Page, site: Program, width: int) -> None:
    """Each sandbox is as high before its run has come as with it, and during a run of its own."""
    page.set_viewport_size({"width": width, "height": 900})
    held: list[Route] = []
    page.route("**/recorded/**/*.json", lambda route: held.append(route))
    page.goto(site.url + PAGE)
    wake_all(page)
    expect(page.locator(".live-foot").first).to_have_text(re.compile("Answered"))
    before = page.evaluate(HEIGHTS)
    for route in held:
        route.continue_()
    expect(page.locator(".live-recalled")).not_to_have_count(0)
    assert page.evaluate(HEIGHTS) == before
    Sandbox(page).run()
    assert page.evaluate(HEIGHTS)[0] == before[0]


@pytest.mark.long
def test_where_no_server_answers_run_shows_how_it_once_went(page: Page, complaints: Complaints, tmp_path: Path) -> None:
    """And says so, also where it was withheld; no line is marked, and no challenge is solved."""
    built = BuiltSite(tmp_path)
    shutil.rmtree(built.files / "assets" / "here")  # a site that has no server for the page either
    try:
        complaints.expected = {f":{built.sandbox_port}", "/here/manifest.json", "404"}
        page.goto(built.url + PAGE)
        sandbox = Sandbox(page)
        assert re.fullmatch(r"The server is away\. Shown is how it went on \d+ \w+ \d{4}\.", sandbox.run())
        expect(sandbox.root.get_by_role("grid", name=RECALLED)).to_be_visible()
        assert set(sandbox.outcomes()) == {None}
        challenge = page.locator("live-challenge").first
        challenge.get_by_text("A solution").click()
        Sandbox(page, challenge.locator("live-sandbox")).run("Run the solution")
        expect(challenge.locator(".live-recalled .live-happening")).not_to_have_count(0)
        expect(challenge.locator(".live-verdict-words")).not_to_contain_text("Reached")
    finally:
        built.end()
