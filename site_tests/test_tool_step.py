"""The six steps of a connection: each function of the printed files, run by the button of its name."""

import re

import pytest
from playwright.sync_api import Page, expect

from testing.browser import Complaints
from testing.program import Program
from testing.project import ROOT
from testing.tool_step import Step

STEPS = ROOT / "docs/assets/examples/steps"


@pytest.fixture
def steps(page: Page, site: Program, complaints: Complaints) -> Page:
    """The page, on which handshakes fail on purpose and messages come too late."""
    complaints.expected = {"/ws/", "CLOSING or CLOSED", "already in"}
    page.goto(site.url + "learn/connection/")
    return page


def test_the_platform_answers_to_urls_states_and_listeners(steps: Page, site: Program) -> None:
    """Steps 1 to 3. Relative and http become ws; what is wrong throws or never opens; readyState counts up to 3."""
    url = Step(steps, "url")
    expect(url.press("derived").last).to_have_text("close 1000")
    expect(url.lines.nth(1)).to_have_text(re.compile(r"socket.url is ws://127.0.0.1:\d+/ws/echo/"))
    expect(url.press("http").last).to_have_text("close 1000")
    expect(url.lines.nth(1)).to_contain_text("socket.url is ws://")
    expect(url.press("relative").last).to_have_text("close 1006")
    expect(url.lines.nth(1)).to_have_text(f"socket.url is {site.url.replace('http', 'ws')}ws/echo/")
    expect(url.press("fragment").last).to_contain_text("threw SyntaxError")
    expect(url.said).to_have_text("fragment() threw.")
    expect(url.press("wss").last).to_have_text(re.compile("close (1006|1015)"))  # 1015: Firefox, if there is an answer
    states = Step(steps, "object")
    expect(states.press("states")).to_have_text(
        ["after new WebSocket(): 0 CONNECTING", "at open: 1 OPEN", "after close(): 2 CLOSING", "at close: 3 CLOSED"]
    )
    expect(states.press("token")).to_contain_text(["threw SyntaxError"])
    events = Step(steps, "listeners")
    ended = 'close: code 1000, reason "done", wasClean true'
    expect(events.press("echo")).to_have_text(["open", "message: hello", ended])
    ended = 'close: code 1006, reason "", wasClean false'
    expect(events.press("refused")).to_have_text(["error, which says nothing more", ended])
    expect(events.press("assigned")).to_have_text(["the second onmessage"])


def test_messages_are_sent_by_code_and_by_a_form_and_answered_by_kind(steps: Page) -> None:
    """Steps 4 to 6. Too early throws, too late is silence; a listener too many votes twice; markup stays text."""
    sending = Step(steps, "sending")
    expect(sending.press("json")).to_have_text(['the echo: {"kind":"vote","choice":"tea"}'])
    expect(sending.press("object")).to_have_text(["the echo: [object Object]"])
    expect(sending.press("early")).to_contain_text(["threw InvalidStateError"])
    expect(sending.press("late")).to_have_text(
        ["closed; bufferedAmount is 0", "nothing was thrown, and nothing was sent", "bufferedAmount is 8"]
    )
    actions = Step(steps, "actions")
    tea = actions.root.get_by_role("button", name="Tea")
    expect(tea).to_be_disabled()
    actions.press("connect")
    tea.click()
    expect(actions.lines).to_have_text(['the server: {"kind": "tally", "votes": {"tea": 1, "coffee": 0}}'])
    actions.press("twice")
    expect(actions.lines).to_have_count(0)
    tea.click()
    expect(actions.lines).to_have_count(2)
    expect(actions.lines.last).to_contain_text('"tea": 2')
    expect(actions.press("forged")).to_contain_text(["choice: tea or coffee"])
    responses = Step(steps, "responses")
    responses.press("vote")
    expect(responses.output).to_have_text("tea 1, coffee 0")
    responses.press("markup")
    expect(responses.output).to_have_text("<img src=x onerror=alert(1)>")
    expect(responses.output.locator("img")).to_have_count(0)
    expect(responses.press("unknown")).to_have_text(['no handler for kind "confetti": passed over'])
    expect(responses.press("mistake")).to_have_text(["the server wants: choice: tea or coffee"])


@pytest.mark.only_browser("chromium")  # over BiDi, Firefox tells nothing of WebSockets
def test_what_is_printed_has_a_button_and_ends_with_its_place_on_the_page(steps: Page) -> None:
    """Each exported function has one, in the order of the file. No socket outlives its tool."""
    names = re.findall(r'tool-step data-step="(\w+)"', (ROOT / "docs/learn/connection.md").read_text())
    expect(steps.locator("tool-step")).to_have_count(len(names))
    for name in names:
        exported = re.findall(r"^export const (\w+)", (STEPS / f"{name}.js").read_text(), re.MULTILINE)
        buttons = Step(steps, name).functions.get_by_role("button")
        expect(buttons).to_have_text([f"{function}()" for function in exported])
    actions = Step(steps, "actions")
    with steps.expect_websocket() as opened:
        actions.press("connect")
    expect(actions.root.get_by_role("button", name="Tea")).to_be_enabled()
    with opened.value.expect_event("close"):
        steps.evaluate("document.querySelector('tool-step[data-step=actions]').remove()")
