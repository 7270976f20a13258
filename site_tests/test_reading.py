"""How pages read: in both palettes, by keyboard alone, without JavaScript, on a phone, and to a screen reader."""

import pytest
from playwright.sync_api import Browser, Page, expect

from testing.browser import Complaints
from testing.program import Program
from testing.sandbox import LANES, Sandbox, switch_palette, wake_all


def test_the_palette_changes_under_a_finished_run(page: Page, site: Program) -> None:
    """Switching palettes keeps what happened."""
    page.goto(site.url + "learn/websockets/")
    sandbox = Sandbox(page)
    sandbox.run()
    light = sandbox.root.evaluate("element => getComputedStyle(element.parentElement).backgroundColor")
    switch_palette(page)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.wait_for_function(
        "light => getComputedStyle(document.querySelector('.live')).backgroundColor !== light", arg=light
    )
    assert set(sandbox.outcomes()) == {"same"}


def test_everything_works_by_keyboard_alone(page: Page, site: Program) -> None:
    """Tab reaches each control in the order in which it stands, and nothing traps the focus."""
    page.goto(site.url + "learn/websockets/")
    sandbox = Sandbox(page)
    sandbox.happenings.first.or_(sandbox.button("Run")).first.wait_for()
    sandbox.button("Run").focus()
    page.keyboard.press("Enter")
    expect(sandbox.result).to_have_text("All 7 lines went as written.")
    visited = []
    for _ in range(17):
        page.keyboard.press("Tab")
        visited.append(page.evaluate("(document.activeElement.closest('label') ?? document.activeElement).textContent"))
    first_entry = visited.pop(7)  # the diagram is one stop; its arrow keys do the rest
    assert first_entry.startswith("new WebSocket")
    assert visited.pop(7) == ""  # the slider that steps through what happened
    assert visited[:14] == [
        "Reset", "Copy link", "Copy as", *LANES, "Now you: change it, break it",
        "path", "Connect", "message", "Send", "code", "reason",
    ]  # fmt: skip
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")  # Connect
    expect(sandbox.states).to_have_text("OPEN")
    page.keyboard.press("Tab")
    page.keyboard.type("s/f,.")  # Material's own shortcuts, which must stay letters here
    page.keyboard.press("Enter")
    expect(sandbox.happenings.filter(has_text='s/f,."')).to_have_count(2)


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_what_does_not_load_is_told_in_its_place_and_asked_for_once(
    page: Page, site: Program, complaints: Complaints
) -> None:
    """The rest of the page lives, and what happens on it asks for nothing again; another page does."""
    complaints.expected = {"element.js", "cannot be brought to life"}
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "tools/frame/element.js" in request.url else None)
    page.route("**/tools/frame/element.js", lambda route: route.abort())
    page.goto(site.url + "learn/websockets/")
    missing = page.locator("tool-frame").get_by_role("status")
    expect(missing).to_have_text("What makes this part live did not load. Reload the page to try again.")
    assert Sandbox(page).run() == "All 7 lines went as written."
    expect(missing).to_have_count(1)
    assert len(asked) == 1
    expect(page.locator("tool-handshake .live-missing")).to_have_count(0)
    page.unroute_all()
    page.reload()
    expect(page.locator("tool-frame").get_by_role("button", name="Send these bytes")).to_be_visible()
    expect(missing.filter(has_text="did not load")).to_have_count(0)


@pytest.mark.only_browser("chromium")  # over BiDi, Firefox keeps JavaScript on
def test_without_javascript_a_page_reads_as_its_transcripts(browser: Browser, site: Program) -> None:
    """The words, the steps and the code are all there; no dead button is."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + "learn/websockets/")
    lines = page.locator(".live-line").first.locator("xpath=..").locator(".live-line")
    expect(lines.nth(0)).to_contain_text("connect /ws/echo/")
    expect(lines.nth(2)).to_contain_text("> hello")
    expect(page.locator("live-sandbox button")).to_have_count(0)
    context.close()


@pytest.mark.only_browser("chromium")  # over BiDi, Firefox does not emulate print
def test_a_printed_page_is_a_handout(page: Page, site: Program) -> None:
    """Transcripts with the answers to their blanks, what happened in those that were run, questions with their
    answers; of a challenge its hints, and a word for its solution; nothing to press. Then all is folded as before.
    """
    page.goto(site.url + "learn/websockets/")
    Sandbox(page).run()
    folded = page.locator("article details:not([open])").count()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".live-line").first).to_be_visible()
    expect(page.locator("article details.question p:visible")).not_to_have_count(0)
    expect(page.locator(".live-solution:visible")).to_have_count(0)
    word = "sandbox => getComputedStyle(sandbox, '::after').content"
    assert "A solution stands on the page" in page.locator("live-sandbox[data-start]").last.evaluate(word)
    for line in (page.locator(".live-hint p").last, page.locator(".live-task").last):
        expect(line).to_be_visible()
    diagrams = page.locator(".live-diagram:visible")
    expect(diagrams).to_have_count(1)
    assert diagrams.evaluate("diagram => diagram.scrollHeight <= diagram.clientHeight")
    together = "heading => getComputedStyle(heading).breakAfter"
    assert {heading.evaluate(together) for heading in page.locator("article :is(h2, h3)").all()} == {"avoid"}
    for answer in page.locator(".live-answer").all():
        expect(answer).to_be_visible()
    expect(
        page.locator(":is(live-sandbox, live-challenge) :is(.live-button, .live-toggle, input):visible")
    ).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("article details:not([open])").count() == folded


@pytest.mark.only_browser("chromium")  # the rules are ours
def test_small_things_are_whole(page: Page, site: Program) -> None:
    """The longest one-word title on a narrow phone; folded code as large as other code; names in the navigation beside
    what has been done; and no stop for the tabulator in what cannot be seen.
    """
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site.url + "learn/auth-middleware-stack/")
    title = page.locator("article h1")
    assert title.evaluate(
        "title => { const range = document.createRange(); range.selectNodeContents(title.firstChild);"
        " return new Set(Array.from(range.getClientRects(), ({ top }) => Math.round(top))).size; }"
    ) == 1  # fmt: skip
    page.set_viewport_size({"width": 1280, "height": 900})
    size = "code => parseFloat(getComputedStyle(code).fontSize)"
    sizes = {round(code.evaluate(size), 1) for code in page.locator("article .highlight code").all()}
    assert len(sizes) == 1
    cut = "names => names.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length"
    assert page.locator(".md-nav--primary .md-ellipsis:visible").evaluate_all(cut) == 0
    expect(page.locator(".md-search__scrollwrap")).to_be_hidden()
    page.locator(".md-search__input").click()
    expect(page.locator(".md-search__scrollwrap")).to_be_visible()


@pytest.mark.only_browser("chromium")  # the rules are ours
def test_nothing_of_a_sandbox_slides_over_the_rest_of_it(echo: Sandbox, page: Page) -> None:
    """Beside its diagram a transcript is above the buttons, wherever the page is scrolled to."""
    echo.show_lanes("Your JavaScript", "ASGI")
    foot = echo.root.locator(".live-foot")
    foot.evaluate("foot => scrollBy({ top: foot.getBoundingClientRect().top - 100, behavior: 'instant' })")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    covered = """sandbox => sandbox.querySelector(".live-transcript").getBoundingClientRect().bottom
      - sandbox.querySelector(".live-play").getBoundingClientRect().top"""
    assert echo.root.evaluate(covered) <= 0


@pytest.mark.only_browser("chromium")  # the rules are ours
def test_a_sandbox_stands_beside_its_code_where_there_is_room(page: Page, site: Program) -> None:
    """On a wide screen the code that follows it is at its right; elsewhere it is under it."""
    page.set_viewport_size({"width": 1920, "height": 1000})
    page.goto(site.url + "learn/groups/")
    wake_all(page)
    sandbox = page.locator("article > .live:has(+ .highlight)").first
    places = """sandbox => [sandbox, sandbox.nextElementSibling].map((element) => {
      const { left, right, top } = element.getBoundingClientRect();
      return [left, right, top];
    })"""  # of one moment: what is above them may still be growing
    (_, right, top), (left, _, beside) = sandbox.evaluate(places)
    assert right < left
    assert abs(top - beside) < 30
    page.set_viewport_size({"width": 1280, "height": 1000})
    (_, _, top), (_, _, under) = sandbox.evaluate(places)
    assert under > top + 100
