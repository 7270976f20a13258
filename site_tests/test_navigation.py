"""Instant navigation: Material replaces the page without loading it, and nothing may be left behind."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from testing.browser import Complaints
from testing.program import Program
from testing.sandbox import Sandbox

COUNT_SOCKETS = """
window.loads = (window.loads ?? 0) + 1;
window.sockets = [];
window.WebSocket = class extends WebSocket {
  constructor(...args) { super(...args); window.sockets.push(this); }
};
"""

AS_MANY_WATCHERS_AS_ARE_AWAKE = """async (module) => {
  const { server } = await import(module);
  const isAwake = (element) => element.awake || (element.matches(":defined") && "seen" in element);
  return server.watchers > 0 && server.watchers === [...document.querySelectorAll("article *")].filter(isAwake).length;
}"""


@pytest.mark.long
def test_going_back_and_forth_leaks_no_socket_and_no_watcher(page: Page, site: Program) -> None:
    """Each page that is left closes its sockets; the page was never loaded anew."""
    page.add_init_script(COUNT_SOCKETS)
    page.goto(site.url + "learn/websockets/")
    for turn in range(1, 6):
        sandbox = Sandbox(page)
        sandbox.open_play()
        sandbox.button("Connect").click()
        expect(sandbox.states).to_have_text("OPEN")
        page.get_by_role("link", name="Consumers", exact=True).first.click()
        expect(page.locator("article h1")).to_contain_text("Consumers")
        page.wait_for_function("sockets.every(socket => socket.readyState === WebSocket.CLOSED)")
        page.go_back()
        expect(page.locator("article h1")).to_contain_text("WebSockets")
        assert page.evaluate("sockets.length") == 2 * turn  # each connection is observed through another
    assert page.evaluate("loads") == 1
    page.wait_for_function(AS_MANY_WATCHERS_AS_ARE_AWAKE, arg=site.url + "assets/live/places/server.js")


def test_a_link_within_the_page_keeps_what_is_open_on_it(page: Page, site: Program) -> None:
    """The first one of a visit, too, and going back from it: the page scrolls, and nothing of it is replaced."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(site.url + "learn/websockets/")
    sandbox = Sandbox(page)
    sandbox.open_play()
    sandbox.button("Connect").click()
    expect(sandbox.states).to_have_text("OPEN")
    page.locator(".md-sidebar--secondary").get_by_role("link", name="How messages travel: frames").click()
    expect(page.locator("#how-messages-travel-frames")).to_be_in_viewport()
    assert page.url.endswith("#how-messages-travel-frames")
    page.evaluate("location.hash = '#challenges'")
    expect(page.locator("#challenges")).to_be_in_viewport()
    page.go_back()
    expect(page.locator("#how-messages-travel-frames")).to_be_in_viewport()
    page.go_back()
    expect(sandbox.button("Connect")).to_be_in_viewport()
    expect(sandbox.states).to_have_text("OPEN")
    sandbox.button("Send").click()
    expect(sandbox.happenings.last).to_contain_text("message")
    page.get_by_role("link", name="Consumers", exact=True).first.click()
    expect(page.locator("article h1")).to_contain_text("Consumers")
    page.go_back()
    expect(page.locator("article h1")).to_contain_text("WebSockets")


def test_a_sandbox_works_after_instant_navigation(page: Page, site: Program) -> None:
    """The script is not loaded again, and need not be."""
    page.goto(site.url + "learn/wsgi/")
    page.get_by_role("link", name="WebSockets", exact=True).first.click()
    expect(page.locator("article h1")).to_contain_text("WebSockets")
    assert Sandbox(page).run() == "All 7 lines went as written."


def test_leaving_in_the_middle_of_a_run_stops_it(page: Page, site: Program, complaints: Complaints) -> None:
    """An element that is taken off the page closes its sockets and marks nothing any more."""
    complaints.expected = {"/ws/"}  # closed before it was open, which browsers complain of
    page.add_init_script(COUNT_SOCKETS)
    page.goto(site.url + "learn/websockets/")
    page.evaluate("""async () => {
      await customElements.whenDefined("live-sandbox");
      const sandbox = document.querySelector("live-sandbox");
      sandbox.run();
      while (sockets.length === 0) await new Promise(requestAnimationFrame);
      sandbox.remove();
    }""")
    page.wait_for_function("sockets.every(socket => socket.readyState === WebSocket.CLOSED)")
    assert page.locator(".live-line[data-outcome]").count() == 0


@pytest.mark.only_browser("chromium")  # the index and its reading are the theme's own
@pytest.mark.parametrize(
    ("pasted", "heading"),
    [
        ("close(4001)", "close(4001), close(code=4001) arrives as 1006"),
        ('scope["user"]', 'scope["user"] is an AnonymousUser, and you are logged in'),
        ("group_send()", "Error messages: nothing arrives, or too late"),
    ],
)
def test_search_finds_what_a_reader_pastes(page: Page, site: Program, pasted: str, heading: str) -> None:
    """Code is split at its brackets and quotes; the first result is the reader's own message."""
    page.goto(site.url)
    page.locator(".md-search__input").click()
    page.keyboard.insert_text(pasted)
    expect(page.locator(".md-search-result__item").first).to_contain_text(heading)


@pytest.mark.only_browser("chromium")  # the index and its reading are the theme's own
@pytest.mark.parametrize(
    ("message", "address"),
    [
        ("Not Found: /ws/my/own/room/", "symptoms/handshake/#not-found"),
        ("WebSocket connection to 'ws://127.0.0.1:8000/ws/chat/lobby/' failed", "symptoms/browser/#connection-failed"),
        ("django.core.exceptions.AppRegistryNotReady: Apps aren't loaded yet.", "symptoms/start/#apps-not-loaded"),
        ("TypeError: object OrderConsumer can't be used in 'await' expression", "symptoms/handshake/#no-as-asgi"),
        (
            "Traceback (most recent call last): ValueError: No route found for path 'ws/shop/7'.",
            "symptoms/handshake/#no-route-found",
        ),
        ("my websocket dies after a minute of inactivity", "symptoms/closes/#idle"),
    ],
)
def test_a_pasted_message_finds_its_entry_first_and_marks_no_single_letters(
    page: Page, site: Program, message: str, address: str
) -> None:
    """The reader's own names are in it. On a page that is opened, only whole words are marked."""
    page.goto(site.url)
    page.locator(".md-search__input").click()
    page.keyboard.insert_text(message)
    results = page.locator(".md-search-result__item")
    first = results.first.locator(".md-search-result__link").first
    expect(first).to_have_attribute(
        "href", re.compile(re.escape(address.partition("#")[0]) + r".*#" + address.partition("#")[2])
    )
    for link in page.locator(".md-search-result__link").all():
        words = parse_qs(urlsplit(link.get_attribute("href") or "").query).get("h", [""])[0].split()
        assert all(len(word) >= 3 for word in words)
