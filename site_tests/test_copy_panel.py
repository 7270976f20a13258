"""What "Copy as" looks like to a reader: a dialog that a button opens, empty before, and usable by everybody."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from site_tests.copied import python
from testing.program import Program
from testing.sandbox import Sandbox, switch_palette


@pytest.mark.only_browser("chromium")  # Firefox lets no test read the clipboard
def test_the_reader_copies_what_was_chosen(page: Page, site: Program) -> None:
    """One button opens it, another copies, a third closes it; where there is no text, a sentence says why."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site.url + "learn/websockets/")
    echo = Sandbox(page)
    expect(echo.button("Copy as")).to_have_attribute("aria-haspopup", "dialog")
    echo.button("Copy as").click()
    expect(page.get_by_role("dialog", name="Copy as")).to_be_visible()
    echo.button("a test for pytest").click()
    text = echo.root.get_by_role("region", name="The conversation as a test for pytest")
    expect(text).to_contain_text("async def test_an_echo_and_its_goodbye():")
    expect(text).to_contain_text("# Text and bytes are two kinds of message")
    echo.button("Copy").click()
    expect(echo.root.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == text.inner_text()
    echo.button("a wscat command").click()
    expect(echo.root.get_by_text("wscat sends text only")).to_be_visible()
    expect(echo.button("Copy")).to_be_hidden()
    page.get_by_role("dialog", name="Copy as").get_by_role("button", name="Close").click()
    expect(echo.button("a wscat command")).to_have_count(0)
    expect(echo.button("Copy as")).to_be_focused()


@pytest.mark.only_browser("chromium")  # the dialog is the platform's own
def test_the_focus_stays_in_it_until_escape_gives_it_back(page: Page, site: Program) -> None:
    """What lies behind it is out of reach, and the page's own keys are letters in it."""
    page.goto(site.url + "learn/websockets/")
    echo = Sandbox(page)
    echo.button("Copy as").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Copy as")).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("s")
    expect(page.locator(".md-search__input")).not_to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Copy as")).to_have_count(0)
    expect(echo.button("Copy as")).to_be_focused()
    echo.button("Copy as").click()
    expect(page.get_by_role("dialog", name="Copy as")).to_be_visible()
    page.mouse.click(5, 300)
    expect(page.get_by_role("dialog", name="Copy as")).to_have_count(0)


@pytest.mark.long
def test_what_the_reader_did_can_be_copied_too(page: Page, site: Program, tmp_path: Path) -> None:
    """As a script that does it again; a connection that another replaced is closed first."""
    page.goto(site.url + "learn/websockets/")
    echo = Sandbox(page)
    echo.button("Copy as").click()
    echo.button("what happened here, not the transcript").click()
    expect(echo.root.get_by_text("Nothing has happened here yet.")).to_be_visible()
    page.keyboard.press("Escape")
    for message in ("one", "two"):
        echo.button("Connect").click()
        expect(echo.states).to_have_text("OPEN")
        echo.field("message").fill(message)
        echo.button("Send").click()
        expect(echo.happenings.filter(has_text=f'message "{message}"')).to_have_count(1)
    echo.button("Copy as").click()
    echo.button("what happened here, not the transcript").click()
    echo.button("a Python script").click()
    text = echo.root.get_by_role("region").inner_text()
    assert re.findall(r'assert answer == "(\w+)"', text) == ["one", "two"]
    assert python.run({"again": text}, tmp_path) == {}


def test_nothing_of_it_is_loaded_before_it_is_opened(page: Page, site: Program) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(site.url + "learn/websockets/")
    echo = Sandbox(page)
    echo.run()
    assert not any("/copy" in url for url in loaded)
    echo.button("Copy as").click()
    expect(echo.button("Copy")).to_be_visible()
    assert any("/copy/python.js" in url for url in loaded)


@pytest.mark.long
@pytest.mark.only_browser("chromium")  # the same rules on the same document
def test_it_is_accessible_and_fits_a_phone(page: Page, site: Program) -> None:
    """axe-core finds nothing in either palette, and long lines go on below."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site.url + "learn/websockets/")
    echo = Sandbox(page)
    echo.button("Copy as").click()
    expect(echo.button("Copy")).to_be_visible()
    for _ in ("default", "slate"):
        page.wait_for_function("document.getAnimations().every(animation => animation.playState !== 'running')")
        assert Axe().run(page, ".live-dialog", {"preload": False}).response["violations"] == []
        page.keyboard.press("Escape")
        switch_palette(page)
        echo.button("Copy as").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert echo.root.locator(".live-copy pre").evaluate("text => text.scrollWidth <= text.clientWidth")
    for button in echo.root.locator(".live-dialog").get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 24


@pytest.mark.only_browser("chromium")  # the same modules are run without a browser for every transcript
def test_the_reader_takes_a_project_home(page: Page, site: Program, tmp_path: Path) -> None:
    """One button, one file: a ZIP of one folder, with the sandbox in it."""
    page.goto(site.url + "learn/websockets/")
    Sandbox(page).button("Copy as").click()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Take it home: a Django project (.zip)").click()
    download = downloading.value
    assert download.suggested_filename == "an-echo-and-its-goodbye.zip"
    with zipfile.ZipFile(download.path()) as archive:
        assert {name.partition("/")[0] for name in archive.namelist()} == {"an-echo-and-its-goodbye"}
        assert "an-echo-and-its-goodbye/sandbox_server/sandboxes/echo.py" in archive.namelist()
    expect(page.get_by_text("Its README.md says how to run it.")).to_be_visible()
