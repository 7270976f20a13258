"""The playground: modules and a transcript of the reader's own run in the page, are kept, and go into a link."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from handed_out.home.examples import examples
from testing.program import Program
from testing.sandbox import OVERFLOWING, Sandbox, switch_palette

WORKS = {work["title"]: work for work in examples()}


class Playground:
    """The tool on its page, by the words that a reader sees."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        page.goto(address)
        self.root = page.locator("tool-playground")
        expect(self.tab("transcript")).to_be_visible()
        self.result = self.root.locator(".live-bar > .live-result").first
        self.stranger = self.root.locator(".live-received")

    def tab(self, name: str) -> Locator:
        return self.root.get_by_role("tab", name=name, exact=True)

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True).first

    @property
    def text(self) -> Locator:
        """What is edited now."""
        return self.root.get_by_role("tabpanel").get_by_role("textbox")

    def begin_from(self, title: str) -> None:
        self.root.get_by_role("combobox", name="begin from").select_option(title)

    def write(self, tab: str, text: str) -> None:
        """Type over all of it."""
        self.tab(tab).click()
        self.text.focus()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(text)

    def run(self) -> str:
        self.button("Run").click()
        expect(self.result).to_have_text(re.compile(r"^(?!Running|Loading|Starting).+"))
        return self.result.inner_text()


@pytest.fixture
def playground(page: Page, site: Program) -> Playground:
    return Playground(page, site.url + "playground/")


def test_nothing_is_run_or_loaded_for_it_before_run_is_pressed(page: Page, site: Program) -> None:
    """Its editor comes with it; Python does not."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    Playground(page, site.url + "playground/")
    assert not [url for url in asked if "/assets/here/py" in url or "here-worker" in url]
    expect(page.locator("iframe")).to_have_count(0)


def test_an_example_runs_and_a_change_shows_at_the_transcripts_line(playground: Playground) -> None:
    """As written first; then the line that differs says what came, in the transcript's own tab, too."""
    playground.begin_from("An echo")
    assert playground.run() == "All 7 lines went as written."
    changed = WORKS["An echo"]["files"]["consumers.py"].replace("text_data=text_data", "text_data='no'")
    playground.write("consumers.py", changed)
    assert "Different at line 4 of 7." in playground.run()
    playground.tab("transcript").click()
    expect(playground.root.locator(".cm-wrong-words:visible")).to_contain_text("no")


@pytest.mark.long
def test_mistakes_are_shown_at_their_lines(playground: Playground) -> None:
    """In a module that is not Python, one that raises, and in the transcript."""
    playground.begin_from("An exception closes the connection")
    assert "consumers.py, line 6: ZeroDivisionError" in playground.run()
    expect(playground.root.locator(".cm-wrong:visible")).to_contain_text('content["a"] // content["b"]')
    playground.write("routing.py", "websocket_urlpatterns = [\n")
    assert re.match(r"routing\.py, line \d: SyntaxError", playground.run())
    playground.button("Reset").click()
    playground.write("transcript", "connect /ws/divide/\nacceptd\n")
    assert playground.run().startswith("The transcript's line 2: `acceptd` is no step")
    expect(playground.tab("transcript")).to_have_attribute("aria-selected", "true")
    expect(playground.root.locator(".cm-wrong:visible")).to_have_text("acceptd")


@pytest.mark.long
def test_the_reader_plays_on_with_two_clients(page: Page, playground: Playground) -> None:
    """The sandbox below is like any: its lanes, its fields, and its Run runs what stands above."""
    playground.begin_from("A chat: one message reaches a group")
    assert playground.run().startswith("All ")
    sandbox = Sandbox(page, playground.root.locator("live-sandbox"))
    sandbox.open_play()
    sandbox.field("as client").select_option("bob")
    sandbox.field("path").fill("/ws/chat/")
    sandbox.button("Connect").click()
    sandbox.field("message").fill('{"text": "by hand"}')
    expect(sandbox.states.nth(1)).to_contain_text("OPEN")
    sandbox.button("Send").click()
    expect(sandbox.happenings.last).to_contain_text("by hand")
    playground.write("transcript", "connect /ws/chat/\nrefused 403\n")
    sandbox.button("Run").click()
    expect(playground.result).to_contain_text("Different at line 2 of 2.")


@pytest.mark.long
def test_a_module_of_ones_own_is_added_and_taken_away(playground: Playground) -> None:
    """One that is gone cannot be imported any more."""
    playground.begin_from("An empty consumer")
    playground.root.get_by_role("textbox", name="new module").fill("words.py")
    playground.button("Add").click()
    expect(playground.tab("words.py")).to_have_attribute("aria-selected", "true")
    playground.write("words.py", "GREETING = 'good morning'\n")
    playground.write(
        "consumers.py",
        "from channels.generic.websocket import AsyncWebsocketConsumer\n\nfrom .words import GREETING\n\n\n"
        "class MyConsumer(AsyncWebsocketConsumer):\n    async def connect(self):\n        await self.accept()\n"
        "        await self.send(GREETING)\n\n\n# the end\n",
    )
    playground.write("transcript", "connect /ws/mine/\naccepted\n< good morning\nclose 1000\n")
    assert playground.run() == "All 4 lines went as written."
    playground.tab("words.py").click()
    playground.button("Take this module away").click()
    assert "ModuleNotFoundError" in playground.run()


@pytest.mark.long
def test_it_is_kept_over_a_reload_and_reset_brings_the_example_back(page: Page, playground: Playground) -> None:
    """And what stood there before is not lost."""
    playground.begin_from("An echo")
    playground.write("consumers.py", "# mine\n")
    page.reload()
    expect(playground.text).to_have_text("# mine")
    playground.button("Reset").click()
    expect(playground.text).to_contain_text("class Echo(")
    playground.button("Back to what was here").click()
    expect(playground.text).to_have_text("# mine")


@pytest.mark.long
def test_a_link_carries_it_whole_and_runs_nothing(page: Page, site: Program, playground: Playground) -> None:
    """What its reader had is put aside, and comes back."""
    playground.begin_from("An echo")
    playground.write("transcript", "connect /ws/echo/\n> shared\n< shared\nclose 1000\n")
    playground.button("Copy link").click()
    link = playground.root.get_by_role("textbox", name="The link").input_value()
    playground.write("transcript", "connect /ws/echo/\nclose 1000\n")
    page.goto("about:blank")
    again = Playground(page, link)
    expect(again.stranger).to_contain_text("nothing of it has run")
    expect(page.locator("iframe")).to_have_count(0)
    again.tab("transcript").click()
    expect(again.text).to_contain_text("> shared")
    assert again.run() == "All 4 lines went as written."
    expect(page).to_have_url(site.url + "playground/")
    again.button("Back to what was here").click()
    expect(again.text).not_to_contain_text("shared")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_damaged_link_says_so(page: Page, site: Program) -> None:
    damaged = Playground(page, site.url + "playground/#playground=1.AAAA")
    expect(damaged.result).to_contain_text("This link is damaged")
    expect(damaged.text).to_contain_text("class MyConsumer(")


@pytest.mark.long
@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_it_is_taken_home_as_a_project(page: Page, playground: Playground, tmp_path: Path) -> None:
    """With the modules as they stand in the tabs, and the transcript as its test."""
    playground.begin_from("An echo")
    playground.run()
    playground.root.get_by_role("button", name="Copy as").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Take it home").click()
    download.value.save_as(tmp_path / "project.zip")
    with zipfile.ZipFile(tmp_path / "project.zip") as archive:
        text = archive.read("an-echo/playground/consumers.py").decode()
        assert "an-echo/test_transcript.py" in archive.namelist()
    assert text == WORKS["An echo"]["files"]["consumers.py"]


@pytest.mark.long
def test_the_next_page_has_its_own_routes_again(page: Page, playground: Playground) -> None:
    """The same server goes on in the page; the playground's routes are no longer in front of the others."""
    playground.begin_from("An echo")
    playground.write("transcript", "connect /ws/echo/\n> x\n< x\nclose 1000\n")
    playground.write(
        "consumers.py", WORKS["An echo"]["files"]["consumers.py"].replace("text_data=text_data", "text_data='no'")
    )
    assert "Different at line 3" in playground.run()
    page.get_by_role("link", name="WebSockets", exact=True).first.click()
    expect(page.locator("article h1")).to_contain_text("WebSockets")
    assert Sandbox(page).run() == "All 7 lines went as written."


def test_the_tabs_follow_the_arrow_keys_and_the_keyboard_is_not_kept(page: Page, playground: Playground) -> None:
    """As the ARIA Authoring Practices have it."""
    playground.tab("consumers.py").focus()
    page.keyboard.press("ArrowRight")
    expect(playground.tab("routing.py")).to_be_focused()
    expect(playground.tab("routing.py")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    expect(playground.tab("transcript")).to_be_focused()
    page.keyboard.press("Tab")
    expect(playground.text).to_be_focused()
    page.keyboard.press("Tab")
    expect(playground.text).not_to_be_focused()


@pytest.mark.long
@pytest.mark.only_browser("chromium")  # axe-core asks the page, not the browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_everybody_can_use_it_on_a_phone(page: Page, playground: Playground, dark: bool) -> None:
    """Nothing is wider than the screen, and axe-core finds nothing in it, after a run with a mistake."""
    page.set_viewport_size({"width": 390, "height": 844})
    if dark:
        switch_palette(page)
    playground.begin_from("An exception closes the connection")
    playground.run()
    assert page.evaluate(OVERFLOWING) == []
    page.wait_for_function("document.getAnimations().every(animation => animation.playState !== 'running')")
    assert Axe().run(page, "tool-playground", {"preload": False}).response["violations"] == []
