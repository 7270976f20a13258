"""Mend it: the transcript fails, the reader mends the module in the editor, and it goes as written."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from live_docs.markdown.fence import slug
from testing.editor import replace_by, type_over
from testing.mends import Fault, faults
from testing.navigation import address
from testing.program import Program, wait_until
from testing.sandbox import OVERFLOWING, Sandbox, switch_palette

FAULTS = list(faults())
PAGES = sorted({fault.page for fault in FAULTS})
OWN = "It connects, and dies at the first message"


class Mend:
    """A `<live-mend>` on a page."""

    def __init__(self, page: Page, title: str) -> None:
        self.root = page.locator(f"#mend-{slug(title)}")
        self.root.scroll_into_view_if_needed()
        self.sandbox = Sandbox(page, self.root.locator("live-sandbox"))
        self.status = self.root.locator(".live-verdict-words")
        self.result = self.root.locator(".live-edit-result")
        self.text = self.root.get_by_role("textbox")

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def run(self) -> str:
        """By the button under the transcript; what the editor says in the end."""
        self.sandbox.button("Run").click()
        expect(self.result).to_have_text(re.compile(r"(went as written\.|Different at line \d+ of \d+\.)$"))
        return self.result.inner_text()

    def put_in(self) -> None:
        """The solution."""
        self.root.get_by_text("The solution", exact=True).click()
        self.button("Put it in").click()
        expect(self.status).to_have_text("The solution is in the editor. Press Run.")

    def reset(self) -> None:
        """From the solution, or what the reader made of it, back to the fault."""
        replace_by(self.button("Reset"), self.text, "async def receive(")


@pytest.fixture
def mend(page: Page, site: Program) -> Mend:
    page.goto(site.url + "learn/consumers/")
    return Mend(page, OWN)


def change(mend: Mend) -> None:
    """As a reader does who has understood it."""
    type_over(mend.text, "def receive(", "async def receive(")
    type_over(mend.text, "self.send(", "await self.send(")


@pytest.mark.long
def test_whoever_mends_it_has_solved_it(page: Page, mend: Mend) -> None:
    """It fails, with the exception; then it passes, and the word is said, the reason, and the way on."""
    said = mend.run()
    assert "Different at line 4 of 5." in said
    assert re.search("TypeError: .*NoneType.* can't be .*await", said)
    expect(mend.status).to_have_text("Not mended yet.")
    change(mend)
    assert "All 5 lines went as written." in mend.run()
    expect(mend.status).to_have_text("Mended.")
    expect(mend.root.locator(".live-after")).to_contain_text("every handler is async def")
    expect(page.locator(".md-nav__link .live-progress").first).to_contain_text("1 solved")
    page.reload()
    expect(mend.status).to_contain_text("You have mended this before.")
    mend.root.get_by_role("button", name=re.compile("^Edit on")).click()
    expect(mend.text).to_contain_text("async def receive")
    mend.reset()
    assert "Different at line 4 of 5." in mend.run()


@pytest.mark.long
@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_what_else_is_on_the_page_talks_to_the_module_as_it_is(page: Page, site: Program) -> None:
    """A fault is in the server for as long as its own transcript plays."""
    page.goto(site.url + "reference/notation/")
    assert "Different at line 1 of 5." in Mend(page, "Everybody is refused").run()
    assert Sandbox(page).run() == "All 4 lines went as written."


@pytest.mark.long
@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_the_solution_put_in_solves_nothing(page: Page, mend: Mend) -> None:
    """It passes, and the mend stays open."""
    mend.put_in()
    assert "All 5 lines went as written." in mend.run()
    expect(mend.status).to_contain_text("that was our solution")
    assert page.evaluate("localStorage.getItem('progress')") is None
    mend.reset()
    change(mend)
    mend.run()
    expect(mend.status).to_have_text("Mended.")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_the_keyboard_opens_the_editor_and_gets_back(page: Page, mend: Mend) -> None:
    edit = mend.root.get_by_role("button", name=re.compile("^Edit "))
    edit.focus()
    page.keyboard.press("Enter")
    expect(mend.text).to_be_focused()
    page.keyboard.press("Tab")
    expect(mend.text).not_to_be_focused()
    mend.button("Close").click()
    expect(edit).to_be_focused()


@pytest.mark.only_browser("chromium")  # the rules are ours
def test_how_it_stands_covers_no_button(page: Page, mend: Mend) -> None:
    """It stays at the foot of the screen while any of the mend can be seen; Run does not."""
    run = mend.sandbox.button("Run")
    expect(run).to_be_visible()
    transcript = mend.sandbox.root.locator(".live-lines")
    height = page.viewport_size["height"]  # type: ignore[index]

    def is_clear() -> bool:
        """The page may still be coming, and move."""
        transcript.evaluate("lines => lines.scrollIntoView({ block: 'end', behavior: 'instant' })")
        status, button = mend.status.bounding_box(), run.bounding_box()
        assert status is not None
        assert button is not None
        below, above = button["y"] >= status["y"] + status["height"] - 1, button["y"] + button["height"] <= status["y"]
        return bool(status["y"] < height and (below or above))

    wait_until(is_clear, "a button that nothing covers")


@pytest.mark.long
@pytest.mark.only_browser("chromium")  # axe-core asks the page, not the browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_everybody_can_use_it_on_a_phone(page: Page, site: Program, dark: bool) -> None:
    """Nothing is wider than the screen, and axe-core finds nothing: all unfolded, the transcript failed."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site.url + "learn/consumers/")
    if dark:
        switch_palette(page)
    mend = Mend(page, OWN)
    mend.run()
    for summary in mend.root.locator("details:is(.live-hint, .live-solution) > summary").all():
        summary.click()
    assert page.evaluate(OVERFLOWING) == []
    page.wait_for_function("document.getAnimations().every(animation => animation.playState !== 'running')")
    assert Axe().run(page, "live-mend", {"preload": False}).response["violations"] == []


def wrong(mend: Mend, fault: Fault) -> str:
    """What is wrong with a mend that was played as it came, and then with its solution; empty if nothing is."""
    mend.run()
    line = fault.fence.mend.transcript.lines[mend.sandbox.outcomes().index("different")].number
    failed = fault.verdict(line, mend.sandbox.came().removeprefix("came: "))
    mend.put_in()
    said = mend.run()
    return failed or ("" if "went as written." in said else f"{fault.where}: with the solution: {said}")


@pytest.mark.long
@pytest.mark.parametrize("name", PAGES)
def test_each_fault_fails_where_its_page_says_and_its_solution_passes(page: Page, site: Program, name: str) -> None:
    """All of a page, in its editors."""
    page.goto(site.url + address(name))
    found = [fault for fault in FAULTS if fault.page == name]
    expect(page.locator("live-mend")).to_have_count(len(found))
    assert "\n".join(filter(None, [wrong(Mend(page, fault.fence.title), fault) for fault in found])) == ""
