"""Code that came by a link: it is shown, runs when its reader presses Run, and reaches nothing from in there."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from testing.browser import Complaints
from testing.program import Program
from testing.recorder import Recorder
from testing.sandbox import Sandbox

ECHO = "sandbox_server/sandboxes/echo.py"
PAGE = "learn/websockets/"
HOSTILE = Path(__file__).with_name("hostile_consumer.py")

LISTEN = """() => {
  globalThis.heard = [];
  addEventListener("message", ({ data }) => heard.push(data));
  new BroadcastChannel("stolen").onmessage = ({ data }) => heard.push(data);
}"""


TRY = """async () => {
  const { server } = await import("/assets/live/places/server.js");
  const socket = server.open(server.webSocketUrl("/ws/echo/"));
  const next = (type) => new Promise((resolve) => socket.addEventListener(type, resolve, { once: true }));
  await next("open");
  socket.send("try");
  return (await next("message")).data;
}"""


def edit_link(text: str, path: str = ECHO, version: int = 1) -> str:
    """The fragment that "Copy link" of an editor makes."""
    made = zlib.compressobj(wbits=-15)
    packed = made.compress(json.dumps({"path": path, "text": text}).encode()) + made.flush()
    return f"#edit={version}.{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


@pytest.fixture
def elsewhere() -> Iterator[Recorder]:
    recorder = Recorder()
    yield recorder
    recorder.end()


def editor(page: Page) -> Locator:
    return page.locator(f'.highlight[data-file="{ECHO}"]').first.locator(".live-edit")


def run(page: Page) -> str:
    """Press Run in the editor, wait until that has ended, and return what it says."""
    editor(page).get_by_role("button", name="Run", exact=True).click()
    result = editor(page).locator(".live-edit-result")
    expect(result).to_have_text(re.compile(r"^(?!Running|Loading|Starting).+"))
    return result.inner_text()


@pytest.fixture
def hostile(page: Page, site: Program, elsewhere: Recorder, complaints: Complaints) -> dict[str, Any]:
    """What each attempt came to, once the link was opened, had done nothing, and its reader had pressed Run."""
    complaints.expected |= {"console:", "stolen", "uncaught"}
    text = (
        HOSTILE.read_text().replace("http://elsewhere", elsewhere.origin).replace("http://site", site.url.rstrip("/"))
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.add_cookies([{"name": "secret", "value": "stolen", "url": site.url}])
    page.goto(site.url + PAGE + edit_link(text))
    page.evaluate(LISTEN)
    page.evaluate("localStorage.setItem('secret', 'stolen')")
    expect(editor(page).get_by_text("This code came by a link, and nothing of it has run.")).to_be_visible()
    expect(editor(page).get_by_role("region", name="What you changed")).to_contain_text("stolen-fetch")
    expect(page.locator("iframe")).to_have_count(0)
    assert not [url for url in asked if "/assets/here/py" in url or "here-worker" in url]
    assert "Different at line 4" in run(page)
    assert "stolen hello" in Sandbox(page).came()
    found: dict[str, Any] = json.loads(page.evaluate(TRY))
    return found


@pytest.mark.long
def test_a_link_that_tries_reaches_nothing(
    page: Page, site: Program, elsewhere: Recorder, hostile: dict[str, Any]
) -> None:
    """Every attempt is refused; nothing has arrived anywhere, and nobody has heard anything. But the code did run."""
    within = hostile.pop("a worker of its own")
    assert isinstance(within, dict), within
    hostile |= {f"{name}, in a worker of its own": came for name, came in within.items()}
    assert len(hostile) > 40
    assert {name: came for name, came in hostile.items() if not came.startswith("refused: ")} == {}
    assert elsewhere.arrived == []
    assert "stolen" not in site.said()
    assert page.evaluate("heard") == []
    assert page.url == site.url + PAGE
    assert len(page.context.pages) == 1


REVERSED = """from channels.generic.websocket import AsyncWebsocketConsumer
from django.urls import path


class EchoConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        BODY


websocket_urlpatterns = [path("ws/echo/", EchoConsumer.as_asgi())]
"""


def with_body(body: str) -> str:
    return edit_link(REVERSED.replace("BODY", body))


@pytest.mark.long
def test_what_a_link_brought_is_kept_once_it_is_run(page: Page, site: Program) -> None:
    """And so it is the reader's own: it outlives a reload, without the link, and can be reset."""
    page.goto(site.url + PAGE + with_body("await self.send(text_data[::-1])"))
    assert "Different at line 4" in run(page)
    assert "olleh" in Sandbox(page).came()
    expect(page).to_have_url(site.url + PAGE)
    expect(editor(page).locator(".live-received")).to_have_count(0)
    page.reload()
    page.get_by_role("button", name=f"Edit on {ECHO}").click()
    expect(editor(page).get_by_role("textbox", name=ECHO)).to_contain_text("text_data[::-1]")


def test_what_a_link_brought_can_be_discarded(page: Page, site: Program) -> None:
    """Then the module is as it was, and nothing is kept."""
    page.goto(site.url + PAGE + with_body("await self.send(text_data[::-1])"))
    expect(editor(page).get_by_text("This code came by a link")).to_be_in_viewport()
    expect(editor(page).locator(".live-edit-traceback")).to_be_hidden()
    editor(page).get_by_role("button", name="Discard it").click()
    expect(editor(page).get_by_role("textbox", name=ECHO)).not_to_contain_text("[::-1]")
    page.reload()
    expect(page.get_by_role("button", name=f"Edit {ECHO}", exact=True)).to_be_visible()


@pytest.mark.long
def test_a_link_comes_out_of_an_editor_and_leads_to_the_same_code(page: Page, site: Program) -> None:
    """By the button that is there for it."""
    page.goto(site.url + PAGE + with_body("await self.send('ü' + text_data)"))
    editor(page).get_by_role("button", name="Copy link").click()
    link = editor(page).get_by_role("textbox", name="The link").input_value()
    page.goto("about:blank")
    page.goto(link)
    expect(editor(page).get_by_role("textbox", name=ECHO)).to_contain_text("'ü' + text_data")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("#edit=1.AAAA", "This link is damaged"),
        (edit_link("", version=7), "made by another version of this site"),
        (edit_link("", path="sandbox_server/settings.py"), "a module that this site does not have"),
        (edit_link("", path="sandbox_server/sandboxes/vote.py"), "which this page does not print"),
        (f"#edit=1.{'A' * 9000}", "longer than any that is made here"),
    ],
    ids=["damaged", "old", "foreign", "of another page", "too long"],
)
def test_a_link_that_cannot_be_shown_says_why(page: Page, site: Program, link: str, words: str) -> None:
    """Below the title; the page is as it was."""
    page.goto(site.url + PAGE + link)
    expect(page.locator(".live-received")).to_contain_text(words)
    expect(page.locator(".live-edit")).to_have_count(0)


@pytest.mark.long
def test_a_worker_that_crashes_says_so_and_comes_back(page: Page, site: Program, complaints: Complaints) -> None:
    """Python itself ends; the next Run starts another."""
    complaints.expected |= {"console:", "uncaught"}
    page.goto(site.url + PAGE + with_body("import os; os.abort()"))
    assert "The server in this page has ended" in run(page)
    editor(page).get_by_role("button", name="Reset").click()
    assert "All 7 lines went as written." in run(page)


@pytest.mark.long
def test_an_endless_loop_ends_in_there(page: Page, site: Program) -> None:
    """Within seconds, at its line."""
    page.goto(site.url + PAGE + with_body("while True: pass"))
    assert "TimeoutError: this code kept the event loop busy for 2 s" in run(page)
