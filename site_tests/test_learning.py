"""Doing something and taking something away: predictions, challenges, progress, links, and what outlives a reload."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from live_docs.markdown.pages import read_page
from live_docs.style.site_style import counted
from testing.browser import Complaints
from testing.navigation import PAGES
from testing.program import Program
from testing.project import ROOT
from testing.sandbox import Sandbox

PAGE = "learn/auth-middleware-stack/"
TITLE = "Be known here, and a stranger there"


@pytest.fixture
def challenge(page: Page, site: Program) -> Locator:
    """A challenge on its page: reach this with the reader's own hands."""
    page.goto(site.url + PAGE)
    found = page.locator("live-challenge").filter(has=page.get_by_text(TITLE))
    found.scroll_into_view_if_needed()
    return found


def status_of(challenge: Locator) -> Locator:
    return challenge.locator(".live-verdict-words")


SAID = """status => {
  window.said = [];
  const note = () => said.push(status.textContent);
  new MutationObserver(note).observe(status, { childList: true, characterData: true, subtree: true });
}"""


def solve(page: Page, challenge: Locator) -> None:
    """By hand: log in, be known to one consumer, and a stranger to the one that looks for a ticket."""
    sandbox = Sandbox(page, challenge.locator("live-sandbox"))
    sandbox.field("user").select_option("alice")
    sandbox.button("Log in").click()
    expect(sandbox.result).to_contain_text("Logged in as alice.")
    sandbox.field("path").fill("/ws/whoami/")
    sandbox.button("Connect").click()
    expect(status_of(challenge)).to_contain_text("1 of 2")
    sandbox.field("path").fill("/ws/ticket/")
    sandbox.button("Connect").click()


def test_a_reader_who_reaches_the_goal_has_solved_it_for_good(page: Page, challenge: Locator) -> None:
    """The line is ticked, the word is said, and neither a reload nor the navigation forgets it."""
    expect(status_of(challenge)).to_contain_text("0 of")
    status_of(challenge).evaluate(SAID)
    solve(page, challenge)
    expect(status_of(challenge)).to_have_text("Solved.")
    assert page.evaluate("said") == ["1 of 2 lines have come true.", "Solved."]  # nothing is said twice
    expect(challenge.locator('.live-wanted[data-outcome="same"]')).to_have_count(2)
    expect(challenge.locator(".live-after")).to_contain_text("The cookie says alice. This middleware reads the query")
    onward = challenge.get_by_role("link", name="Challenge, middle: Have the middle layer complain")
    onward.click()
    expect(page.locator("live-challenge:target")).to_contain_text("Have the middle layer complain")
    expect(page.locator(".md-nav__link .live-progress").first).to_contain_text("1 solved")
    page.reload()
    expect(status_of(challenge)).to_contain_text("You have solved this before.")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_running_the_solution_solves_nothing(page: Page, challenge: Locator) -> None:
    """It shows the way; the challenge stays open, and Reset begins it anew."""
    sandbox = Sandbox(page, challenge.locator("live-sandbox"))
    expect(sandbox.button("Run the solution")).to_be_hidden()
    challenge.get_by_text("A solution").click()
    sandbox.run("Run the solution")
    expect(status_of(challenge)).to_contain_text("this was the solution at work")
    assert page.evaluate("localStorage.getItem('progress')") is None
    sandbox.button("Reset").click()
    expect(status_of(challenge)).to_contain_text("0 of")
    solve(page, challenge)
    expect(status_of(challenge)).to_have_text("Solved.")


def test_a_prediction_stands_beside_what_came(page: Page, site: Program) -> None:
    """Before the run the answer is not to be seen; after it, both are; Reset asks again."""
    page.goto(site.url + "reference/notation/")
    sandbox = Sandbox(page, page.locator("live-sandbox").filter(has=page.locator(".live-blank")).first)
    blank = sandbox.root.locator(".live-blank").first
    answer = blank.locator(".live-answer")
    expect(answer).to_be_hidden()
    right = answer.text_content() or ""
    blank.get_by_role("textbox").fill("1006 or so")
    assert sandbox.run().endswith("You predicted something else.")
    expect(blank).to_have_text(f"{right} ✗ you said 1006 or so")
    sandbox.button("Reset").click()
    expect(blank.get_by_role("textbox")).to_have_value("")
    blank.get_by_role("textbox").fill(right)
    blank.get_by_role("textbox").press("Enter")
    expect(sandbox.result).to_contain_text("You predicted it.")
    expect(blank).to_have_text(f"{right} ✓ as you said")


def test_progress_can_be_taken_along_brought_in_and_cleared(page: Page, site: Program, tmp_path: Path) -> None:
    """The course map shows it; a file carries it; what is no such file changes nothing and is told."""
    page.goto(site.url)
    course = page.locator("tool-course")
    expect(course).to_contain_text(re.compile(r"0 of \d+ pages read, 0 of \d+ challenges solved"))
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps({"read": ["learn/wsgi/"], "solved": ["learn/wsgi/#one", "learn/asgi/#two"]}))
    nonsense = tmp_path / "nonsense.json"
    nonsense.write_text('{"read": 7}')
    course.locator("input[type=file]").set_input_files(kept)
    expect(course).to_contain_text(re.compile(r"1 of \d+ pages read, 2 of \d+ challenges solved"))
    expect(page.locator("li", has_text="WSGI").filter(has_text="read, 1 of")).to_have_count(1)
    course.locator("input[type=file]").set_input_files(nonsense)
    expect(course.get_by_role("status").first).to_contain_text("nothing has changed")
    expect(course).to_contain_text(re.compile("1 of \\d+ pages read"))
    with page.expect_download() as download:
        course.get_by_role("button", name="Export").click()
    assert json.loads(download.value.path().read_text())["read"] == ["learn/wsgi/"]
    page.on("dialog", lambda dialog: dialog.accept())
    course.get_by_role("button", name="Clear").click()
    expect(course).to_contain_text(re.compile(r"0 of \d+ pages read, 0 of"))


def test_reading_a_page_to_its_end_marks_it_read(page: Page, site: Program) -> None:
    """In the navigation, at once; a page that was only opened, or jumped through, stays unread."""
    page.goto(site.url + "learn/wsgi/")
    link = page.locator(".md-nav--primary a.md-nav__link", has_text="WSGI").first
    expect(page.locator("live-sandbox:not([data-shown]), article :not(:defined)")).to_have_count(0)
    expect(link.locator(".live-progress")).to_have_count(0)
    show = "heading => { heading.scrollIntoView({block: 'center'}); return new Promise(requestAnimationFrame) }"
    page.locator("h2#sources").evaluate(show)
    expect(page.locator("h2#sources")).to_be_in_viewport()
    expect(link.locator(".live-progress")).to_have_count(0)
    for number in range(page.locator("article h2").count()):
        page.locator("article h2").nth(number).evaluate(show)
        expect(page.locator("article h2").nth(number)).to_be_in_viewport()
    expect(link.locator(".live-progress")).to_contain_text("read")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_the_course_map_knows_how_many_challenges_there_are(page: Page, site: Program) -> None:
    """Those of all pages, mends among them; that the home page counts each page's right, `live_docs check` sees to."""
    page.goto(site.url)
    there = sum(counted(read_page(ROOT / "docs" / source)) for source in PAGES)
    expect(page.locator("tool-course")).to_contain_text(f"0 of {there} challenges solved")


HELD = """async ([module, link]) => {
  const { unpack } = await import(module);
  return JSON.stringify(await unpack(new URL(link).hash));
}"""


@pytest.mark.long
def test_a_link_carries_a_run_to_another_browser(page: Page, site: Program, browser: Browser) -> None:
    """There it can be stepped through without a connection, and then run live."""
    page.goto(site.url + "learn/websockets/")
    sandbox = Sandbox(page)
    sandbox.open_play()
    sandbox.field("message").fill("over the wire")
    sandbox.run()
    sandbox.button("Copy link").click()
    expect(sandbox.result).to_contain_text("It holds what you typed and what happened, but not your address")
    link = sandbox.field("The link").input_value()
    held = page.evaluate(HELD, [site.url + "assets/live/sharing/link.js", link])
    assert "user-agent: [not in this link]" in held.lower()
    assert page.evaluate("navigator.userAgent") not in held
    assert "'client': [not in this link]" in held
    context = browser.new_context()
    elsewhere = context.new_page()
    elsewhere.goto(link)
    there = Sandbox(elsewhere)
    words = there.root.locator(".live-replay-words")
    expect(words).to_contain_text("A replay from a link")
    expect(there.field("message")).to_have_value("over the wire")
    expect(there.happenings.first).to_contain_text("new WebSocket")
    expect(there.happenings.last).to_contain_text("close code=1000")
    slider = there.root.get_by_role("slider", name="Step through what happened")
    slider.fill("1")
    expect(there.timeline.locator(".live-now")).to_contain_text("new WebSocket")
    there.button("Run it live").click()
    expect(there.result).to_have_text("Played again, live.")
    expect(words).to_have_count(0)
    there.button("Reset").click()
    assert "#" not in elsewhere.url
    context.close()


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_sandbox_that_runs_by_itself_does_not_run_under_a_replay(page: Page, site: Program, browser: Browser) -> None:
    """What the link brought is all there is, until the reader asks for more: then it makes room."""
    page.goto(site.url)
    sandbox = Sandbox(page)
    expect(sandbox.result).to_contain_text("went as written")
    sandbox.button("Copy link").click()
    expect(sandbox.result).to_contain_text("It holds what you typed")
    link = sandbox.field("The link").input_value()
    context = browser.new_context()
    elsewhere = context.new_page()
    opened: list[str] = []
    elsewhere.on("websocket", lambda socket: opened.append(socket.url))
    elsewhere.goto(link)
    there = Sandbox(elsewhere)
    expect(there.root.locator(".live-replay-words")).to_contain_text("Nothing is sent until you run it live.")
    expect(there.root.locator(".live-foot")).to_contain_text("Daphne")  # the server has been asked: a run would be next
    expect(there.happenings.last).to_be_attached()
    assert opened == []
    there.open_play()
    there.button("Connect").click()
    expect(there.states.first).to_have_text("OPEN")
    expect(there.root.locator(".live-replay-words")).to_have_count(0)
    expect(there.happenings.filter(has_text="new WebSocket")).to_have_count(1)
    context.close()


@pytest.mark.only_browser("chromium")  # js_tests/live/sharing/ holds the module to more of them
@pytest.mark.parametrize("hash_", ["#live=99.zzz", "#live=0." + "A" * 9000])
def test_a_damaged_link_says_so_and_shows_the_page_as_it_was(page: Page, site: Program, hash_: str) -> None:
    """Nothing is lost: the transcript is there and runs."""
    page.goto(site.url + "learn/websockets/" + hash_)
    sandbox = Sandbox(page)
    expect(sandbox.result).to_contain_text("This link is")
    assert sandbox.run() == "All 7 lines went as written."


def test_what_was_typed_outlives_a_reload_and_going_back(page: Page, site: Program, complaints: Complaints) -> None:
    """Until Reset, which brings the page's own text back."""
    page.goto(site.url + "learn/websockets/")
    sandbox = Sandbox(page)
    sandbox.open_play()
    before = sandbox.field("path").input_value()
    sandbox.field("path").press("End")
    sandbox.field("path").press_sequentially("?mine")
    page.reload()
    expect(sandbox.field("path")).to_have_value(before + "?mine")
    page.locator(".md-nav--primary").get_by_role("link", name="Close codes", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Close codes")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("WebSockets")
    expect(sandbox.field("path")).to_have_value(before + "?mine")
    sandbox.button("Reset").click()
    expect(sandbox.field("path")).to_have_value(before)
    page.reload()
    expect(sandbox.field("path")).to_have_value(before)
