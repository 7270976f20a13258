"""The race and the witness, as a reader uses them: what they draw, what they say, and what the table has."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page, expect

from testing.program import Program

APPEND = """kind => {
  const race = document.createElement("tool-race");
  race.dataset.kind = kind;
  race.id = "mine";
  const box = document.createElement("div");
  box.className = "live";
  box.append(race);
  document.querySelector("article h2").before(box);
}"""


@pytest.fixture
def wsgi(page: Page, site: Program) -> Page:
    page.goto(site.url + "learn/wsgi/")
    return page


def enter(race: Locator, label: str, number: int) -> None:
    """By the keyboard: over BiDi, `fill` leaves the digits that stand in a number field of Firefox's."""
    race.get_by_label(label).press("Control+a")
    race.get_by_label(label).press_sequentially(str(number))


def run(race: Locator, requests: int, wait: int) -> Locator:
    """Set the load, press Run, and return where the outcome will stand."""
    enter(race, "requests", requests)
    enter(race, "ms each", wait)
    race.get_by_role("button", name="Run").click()
    return race.locator(".live-result")


def rows(race: Locator) -> list[list[str]]:
    """The cells of the table, a list a row."""
    race.get_by_text("The same as a table").click()
    found: list[list[str]] = race.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    return found


def test_one_worker_takes_the_calls_in_turn_and_four_take_them_together(wsgi: Page) -> None:
    """Each worker has a lane, each call a bar in it, and the words give the time that it took."""
    race = wsgi.locator("tool-race")
    expect(race).to_contain_text("Press Run.")
    expect(run(race, 4, 50)).to_have_text(re.compile(r"^WSGI, 1 worker, 4 requests of 50 ms: \d+ ms\. Each call occup"))
    expect(race.locator(".race-lane", has_text="worker_0").locator("rect")).to_have_count(4)
    expect(race.locator(".race-lane", has_text="queue").locator("line.race-queued")).to_have_count(4)
    found = rows(race)
    assert [row[:2] for row in found] == [[str(call), "worker_0"] for call in (1, 2, 3, 4)]
    assert all(float(before[3]) <= float(after[2]) for before, after in pairwise(found))
    enter(race, "WSGI workers", 4)
    expect(race.locator("rect")).to_have_count(0)
    expect(race.locator(".race-lane", has_text="worker_")).to_have_count(4)
    expect(run(race, 4, 300)).to_contain_text("There was a worker for each call.")
    for worker in range(4):
        expect(race.locator(".race-lane", has_text=f"worker_{worker}").locator("rect")).to_have_count(1)


def test_the_picture_keeps_its_place_while_it_is_drawn(wsgi: Page) -> None:
    """Nothing below it moves, neither when it begins nor when it ends."""
    race = wsgi.locator("tool-race")
    expect(race).to_contain_text("Press Run.")
    before = race.evaluate("race => race.offsetHeight")
    expect(run(race, 8, 40)).to_contain_text("occupied its worker")
    assert race.evaluate("race => race.offsetHeight") == before


def test_the_same_load_for_both_servers(wsgi: Page) -> None:
    """On one axis: the worker's lane with its bars, and the loop's with the calls that await."""
    wsgi.evaluate(APPEND, "both")
    race = wsgi.locator("#mine")
    result = run(race, 6, 30)
    expect(result).to_contain_text("WSGI, 1 worker, 6 requests of 30 ms")
    expect(result).to_contain_text("ASGI, one event loop, 6 requests of 30 ms")
    expect(race.locator(".race-lane", has_text="worker_0").locator("rect.race-occupied")).to_have_count(6)
    expect(race.locator(".race-lane", has_text="event loop").locator("rect.race-awaiting")).to_have_count(6)
    expect(race.locator(".race-axis")).to_have_count(1)


@pytest.mark.only_browser("chromium")  # no engine has a part in it
@pytest.mark.parametrize(
    ("how", "words", "loop", "thread"),
    [
        ("time.sleep()", "stopped the loop", "rect.race-occupied", 0),
        ("sync_to_async(time.sleep)", "The loop was free", "rect.race-awaiting", 5),
    ],
)
def test_what_a_call_does_decides_which_thread_it_occupies(
    wsgi: Page, how: str, words: str, loop: str, thread: int
) -> None:
    """A blocking call occupies the loop's, one that is handed over the other."""
    wsgi.evaluate(APPEND, "asgi")
    race = wsgi.locator("#mine")
    race.get_by_label("each ASGI call").select_option(how)
    expect(run(race, 5, 30)).to_contain_text(words)
    expect(race.locator(".race-lane", has_text="event loop").locator(loop)).to_have_count(5)
    expect(race.locator(".race-lane", has_text="sync_to_async").locator("rect.race-occupied")).to_have_count(thread)


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_load_that_is_too_much_is_answered_by_the_server(wsgi: Page) -> None:
    """Its words are shown, and the next race runs."""
    race = wsgi.locator("tool-race")
    expect(run(race, 50, 500)).to_contain_text("would take 25000 ms; the most is 5000 ms")
    expect(run(race, 99, 50)).to_contain_text("requests must be a whole number from 1 to 50")
    expect(run(race, 1, 10)).to_contain_text("There was a worker for each call.")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_stop_ends_a_race(wsgi: Page) -> None:
    """What has been drawn stays, and Run is free again."""
    race = wsgi.locator("tool-race")
    result = run(race, 10, 500)
    expect(race.locator("rect")).not_to_have_count(0)
    race.get_by_role("button", name="Stop").click()
    expect(result).to_have_text("Stopped before the end.")
    expect(race.get_by_role("button", name="Run")).to_have_attribute("aria-disabled", "false")


def test_the_witness_shows_each_piece_and_each_breach(wsgi: Page) -> None:
    """The environ in the first line, start_response in the second, then the body, or what was wrong."""
    witness = wsgi.locator("tool-witness")
    witness.get_by_role("button", name="Call it").click()
    expect(witness.locator(".live-result")).to_have_text("The call is over. Pieces of the body: 4.")
    lines = witness.locator(".witness-lines > li")
    expect(lines.nth(1)).to_contain_text('start_response("200 OK", [("Content-Type", "text/plain")])')
    expect(lines.last).to_contain_text('b"lift-off"')
    lines.first.locator("summary").click()
    expect(lines.first).to_contain_text('"/witness/countdown/"')
    witness.get_by_label("application").select_option("silent")
    witness.get_by_role("button", name="Call it").click()
    expect(witness.locator(".live-result")).to_contain_text("start_response has not yet been called")
