"""One sandbox on an open page, as the tests drive it: by the words that a reader sees."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

LANES = ("Your JavaScript", "The wire", "ASGI", "Your consumer")

TRANSCRIPTS = "live-sandbox:not([data-start], [data-mend])"
"""Those that are neither a challenge's solution nor to be mended."""

OVERFLOWING = """() => [...document.querySelectorAll("article *")]
  .filter(element => element.checkVisibility())
  .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .filter(element => !element.closest(".md-typeset__scrollwrap, .highlight, .md-clipboard, .live-heard"))
  .map(element => element.outerHTML.slice(0, 80))"""
"""What sticks out of the page to the right and cannot be scrolled to where it stands."""


SCROLL_THROUGH = """async () => {
  // a page without a window has been seen to draw no further frame: then the next scroll brings one
  const frame = () => new Promise((drawn) => { requestAnimationFrame(drawn); setTimeout(drawn, 1000); });
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
    scrollTo({ top: y, behavior: "instant" });
    await frame();
    await frame();
  }
  scrollTo({ top: 0, behavior: "instant" });
}"""


def wake_all(page: Page) -> None:
    """Come near everything once, as a reader does who reads on: what is live on the page has then come to life."""
    page.evaluate(SCROLL_THROUGH)
    expect(page.locator("article :not(:defined)")).to_have_count(0)
    page.evaluate(SCROLL_THROUGH)  # the modules may have come after the reader had gone by
    expect(page.locator("live-sandbox:not([data-shown])")).to_have_count(0)


class Sandbox:
    """A `<live-sandbox>`: its buttons, its fields, its lines, and what it says."""

    def __init__(self, page: Page, root: Locator | None = None) -> None:
        self.root = root or page.locator("live-sandbox").first
        self.result = self.root.locator(".live-result")
        self.states = self.root.locator(".live-state")
        self.timeline = self.root.get_by_role("grid", name="What happened")
        self.happenings = self.lane("js")
        """What JavaScript did and heard."""

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def field(self, label: str) -> Locator:
        text = self.root.get_by_role("textbox", name=label, exact=True)
        return text.or_(self.root.get_by_role("combobox", name=label, exact=True))

    def lane(self, name: str) -> Locator:
        """The rows of one lane: js, wire, asgi or consumer."""
        return self.timeline.locator(f'.live-happening[data-lane="{name}"]')

    def show_lanes(self, *names: str) -> None:
        """Open these lanes and fold the others away."""
        for name in LANES:
            toggle = self.button(name)
            if (toggle.get_attribute("aria-pressed") == "true") != (name in names):
                toggle.click()

    def open_detail(self, lane: str, text: str) -> Locator:
        """Press the first entry of a lane that has this text, and return what it opens to."""
        row = self.lane(lane).filter(has_text=text).first
        row.get_by_role("button").click()
        return row.locator(".live-detail")

    def run(self, name: str = "Run") -> str:
        """Press Run, wait until it has ended, and return what it says."""
        self.root.scroll_into_view_if_needed()
        expect(self.button(name)).not_to_have_attribute("aria-disabled", "true")
        self.button(name).click()
        expect(self.result).to_have_text(re.compile("."))
        return self.result.inner_text()

    def run_to_its_end(self) -> None:
        """Run, and wait until the server has told of the last handler, too."""
        self.run()
        expect(self.lane("consumer").filter(has_text="disconnect() took")).not_to_have_count(0)

    def open_play(self) -> None:
        """Unfold what the reader can do."""
        details = self.root.locator("details.live-play")
        if details.get_attribute("open") is None:
            details.locator("summary").click()

    def outcomes(self) -> list[str | None]:
        """How each printed line is marked: "same", "different", or not at all."""
        marks = "lines => lines.map(line => line.dataset.outcome ?? null)"
        found: list[str | None] = self.root.locator(".live-line").evaluate_all(marks)
        return found

    def came(self) -> str:
        """What came instead, on the line that differs."""
        return self.root.locator('.live-line[data-outcome="different"] .live-came:not(.live-told)').inner_text()


def switch_palette(page: Page) -> None:
    """As a reader does: by the button in the header."""
    page.locator("label[for^=__palette]:not([hidden])").first.click()
