"""A printed module is edited in its place, and the page's transcript runs against what the reader made of it."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from testing.browser import Complaints
from testing.editor import type_over
from testing.program import Program
from testing.sandbox import TRANSCRIPTS, Sandbox, switch_palette

ECHO = "sandbox_server/sandboxes/echo.py"


class Editor:
    """The editor of a module, opened by the button below its code."""

    def __init__(self, page: Page, path: str = ECHO) -> None:
        self.page = page
        self.block = page.locator(f'.highlight[data-file="{path}"]').first
        self.block.get_by_role("button", name=re.compile("^Edit")).click()
        self.text = self.block.get_by_role("textbox", name=path)
        expect(self.text).to_be_focused()
        self.result = self.block.locator(".live-edit-result")
        self.wrong = self.block.locator(".cm-wrong")

    def button(self, name: str) -> Locator:
        return self.block.get_by_role("button", name=name, exact=True)

    def change(self, old: str, new: str) -> None:
        type_over(self.text, old, new)

    def run(self) -> str:
        self.button("Run").click()
        expect(self.result).to_have_text(re.compile(r"^(?!Running|Loading|Starting).+"))
        return self.result.inner_text()


@pytest.fixture
def editor(page: Page, site: Program) -> Editor:
    page.goto(site.url + "learn/websockets/")
    return Editor(page)


def test_what_the_reader_changed_runs_and_the_line_that_differs_says_so(page: Page, editor: Editor) -> None:
    """Then Reset, and all goes as written again."""
    editor.change("text_data=text_data,", "text_data=text_data and text_data.upper(),")
    assert "Different at line 4 of 7." in editor.run()
    assert "HELLO" in Sandbox(page).came()
    editor.button("What I changed").click()
    changes = editor.block.get_by_role("region", name="What you changed")
    expect(changes.locator('[data-mark="-"]')).to_have_count(1)
    expect(changes.locator('[data-mark="+"]')).to_contain_text("text_data.upper()")
    editor.button("Reset").click()
    expect(changes).to_have_text("Nothing yet.")
    assert "All 7 lines went as written." in editor.run()


@pytest.mark.long
def test_what_a_run_came_to_stays_though_its_socket_closes_after(page: Page, site: Program) -> None:
    """In the box and under the editor: a test that fails is told in a message, and behind that the server closes."""
    page.goto(site.url + "learn/testing/")
    editor = Editor(page, "sandbox_server/sandboxes/club/consumers.py")
    editor.change("code=4401", "code=4400")
    assert "Different at line 5 of 6." in editor.run()
    sandbox = Sandbox(page)
    expect(sandbox.states).to_have_text("CLOSED")
    expect(sandbox.result).to_have_text("Different at line 5 of 6.")


@pytest.mark.long
def test_what_ran_elsewhere_before_is_shown_as_it_once_went(page: Page, editor: Editor, complaints: Complaints) -> None:
    """The first edit moves the page to the server in it, and what the other had answered is not this one's word."""
    complaints.expected = {"/ws/"}  # a refusal is part of the other conversation
    shown = page.locator("[data-recorded]:not([data-withheld])")
    other = Sandbox(page, page.locator(TRANSCRIPTS).and_(shown).nth(1))
    assert other.run().startswith("All ")
    editor.change("text_data=text_data,", "text_data=text_data and text_data.upper(),")
    assert "Different at line 4 of 7." in editor.run()
    expect(other.root.locator(".live-foot")).to_contain_text("in this page")
    assert set(other.outcomes()) == {None}
    expect(other.root.locator(".live-recalled")).to_have_count(1)
    assert other.run().startswith("All ")


@pytest.mark.long
def test_an_exception_is_shown_at_its_line(editor: Editor) -> None:
    """With the traceback a click away."""
    editor.change("await self.send(", 'raise LookupError("on purpose")  # (')
    assert "LookupError: on purpose" in editor.run()
    expect(editor.wrong).to_contain_text("raise LookupError")
    expect(editor.block.locator(".cm-wrong-words")).to_have_text("LookupError: on purpose")
    editor.block.get_by_text("Traceback", exact=True).click()
    expect(editor.block.locator(".live-edit-traceback pre")).to_contain_text(f'{ECHO}", line')


@pytest.mark.long
def test_with_a_syntax_error_the_last_good_version_goes_on(page: Page, editor: Editor) -> None:
    editor.change("class EchoConsumer(", "class EchoConsumer((")
    assert "The last good version goes on running." in editor.run()
    expect(editor.wrong).to_contain_text("class EchoConsumer((")
    assert Sandbox(page).run() == "All 7 lines went as written."


@pytest.mark.long
def test_changes_outlive_a_reload_and_can_be_undone(page: Page, editor: Editor) -> None:
    editor.change("class EchoConsumer(", "class Echo(")
    page.reload()
    expect(page.get_by_role("button", name=f"Edit on {ECHO}")).to_be_visible()
    again = Editor(page)
    expect(again.text).to_contain_text("class Echo(")
    again.button("Reset").click()
    again.button("Undo").click()
    expect(again.text).to_contain_text("class Echo(")


def test_the_keyboard_is_not_kept(page: Page, editor: Editor) -> None:
    """Tab leaves, as it leaves a field; Close gives the focus back to the button that opened it."""
    page.keyboard.press("Tab")
    expect(editor.text).not_to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(editor.text).to_be_focused()
    editor.button("Close").click()
    expect(page.get_by_role("button", name=f"Edit {ECHO}", exact=True)).to_be_focused()


@pytest.mark.long
@pytest.mark.only_browser("chromium")  # axe-core asks the page, not the browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_everybody_can_use_it_on_a_phone(page: Page, site: Program, dark: bool) -> None:
    """Nothing is wider than the screen, and axe-core finds nothing in what the editor adds."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site.url + "learn/websockets/")
    if dark:
        switch_palette(page)
    editor = Editor(page)
    editor.change("class EchoConsumer(", "class EchoConsumer((")
    editor.run()
    editor.button("What I changed").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.wait_for_function("document.getAnimations().every(animation => animation.playState !== 'running')")
    assert Axe().run(page, ".live-edit", {"preload": False}).response["violations"] == []
