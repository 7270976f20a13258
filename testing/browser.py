"""What every browser test shares: its patience, and what a reader would find in the browser's console meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Page, Request

PATIENCE_MS = 60_000
"""How long a condition may take to come true before the test fails."""

EVERYTHING_IS_NEAR = """window.IntersectionObserver = class extends IntersectionObserver {
  constructor(act, options) {
    super(act, options?.rootMargin === "100% 0px" ? { ...options, rootMargin: "100000px" } : options);
  }
};
const near = new CSSStyleSheet();
near.replaceSync("* { content-visibility: visible !important }");
document.adoptedStyleSheets = [near];"""
"""What waits for the reader to come near comes to life at once: a test need not scroll to what it tests."""


@dataclass
class Complaints:
    """What a reader would find in the browser's console, and requests that failed."""

    heard: list[str] = field(default_factory=list)
    expected: set[str] = field(default_factory=set)
    """Parts of complaints that belong to what the test does, such as a path that is refused on purpose."""

    def listen(self, page: Page) -> None:
        page.on("console", self.on_console)
        page.on("pageerror", lambda error: self.hear(f"uncaught: {error}"))
        page.on("requestfailed", self.on_failure)
        page.on(
            "response", lambda answer: self.hear(f"{answer.status}: {answer.url}") if answer.status >= 400 else None
        )

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.hear(f"console: {message.text} ({message.location['url']})")

    def on_failure(self, request: Request) -> None:
        """Not those that the browser gave up itself: Firefox fetches a page's rel="next" ahead until it is left."""
        if request.failure not in ("NS_BINDING_ABORTED", "net::ERR_ABORTED"):
            self.hear(f"failed: {request.url} {request.failure}")

    def hear(self, complaint: str) -> None:
        if not any(part in complaint for part in self.expected):
            self.heard.append(complaint)
