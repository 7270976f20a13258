"""What the server tells of its half: what steps claim of it, and what is said where it is missing."""

import pytest
from playwright.sync_api import Page, expect

from testing.browser import Complaints
from testing.program import Program
from testing.sandbox import Sandbox

SERVERS_STEPS = """(sandbox, steps) => {
  const lines = [...sandbox.querySelectorAll(".live-line")].slice(-steps.length);
  lines.forEach((line, at) => { line.dataset.step = JSON.stringify(steps[at]); });
  const parent = sandbox.parentNode;
  sandbox.remove();  // the element reads its lines when it is connected to the page
  parent.append(sandbox);
}"""


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_steps_claim_what_the_server_did(page: Page, site: Program) -> None:
    """ASGI events in order, others in between passed over; a wrong claim shows what came."""
    page.goto(site.url + "learn/websockets/")
    echo = Sandbox(page)
    steps = [
        {"do": "close", "code": 1000, "reason": "bye"},
        {"do": "event", "type": "websocket.receive", "json": '{"text": ..., ...}'},
        {"do": "event", "type": "websocket.disconnect", "json": '{"code": 1001, ...}'},
    ]
    echo.root.evaluate(SERVERS_STEPS, steps)
    assert echo.run() == "Different at line 7 of 7."
    assert echo.came().startswith('came: ~ websocket.disconnect {"code":1000')


CLAIM_STATUS = """(sandbox, status) => {
  const line = [...sandbox.querySelectorAll(".live-line")].find(({ dataset }) => dataset.step.includes('"refused"'));
  line.dataset.step = JSON.stringify({ ...JSON.parse(line.dataset.step), status });
  const parent = sandbox.parentNode;
  sandbox.remove();  // the element reads its lines when it is connected to the page
  parent.append(sandbox);
}"""


def test_the_true_status_of_a_refusal_is_known_where_it_is_observed(
    page: Page, site: Program, complaints: Complaints
) -> None:
    """JavaScript is told 1006; what the server really answered makes the line true, and another status false."""
    complaints.expected = {"/ws/life/refuse/"}
    page.goto(site.url + "learn/connection/")
    sandbox = Sandbox(page, page.locator("live-sandbox").nth(1))
    assert "went as written" in sandbox.run()
    expect(sandbox.lane("js").filter(has_text="close code=1006")).not_to_have_count(0)
    sandbox.root.evaluate(CLAIM_STATUS, 418)
    sandbox = Sandbox(page, page.locator("live-sandbox", has=page.locator('[data-step*="418"]')))
    assert sandbox.run().startswith("Different at line")
    assert sandbox.came() == "came: refused 403"


UNOBSERVED = """WebSocket = class extends WebSocket {
  constructor(url, ...rest) { super(String(url).replace("/ws/observe/", "/ws/nowhere/"), ...rest); }
}"""


def test_without_an_observer_the_sandbox_works_and_says_so(page: Page, site: Program, complaints: Complaints) -> None:
    """JavaScript's half is shown; only a step about the server's half differs."""
    complaints.expected = {"/ws/nowhere/"}
    page.add_init_script(UNOBSERVED)
    page.goto(site.url + "learn/websockets/")
    echo = Sandbox(page)
    assert echo.run() == "All 7 lines went as written."
    expect(echo.root.locator(".live-about")).to_contain_text("cannot be observed here")
    echo.root.evaluate(SERVERS_STEPS, [{"do": "event", "type": "websocket.disconnect", "json": None}])
    echo.run()
    assert echo.came() == "came: observing is not possible here"


LOSSY = """WebSocket = class extends WebSocket {
  constructor(url, ...rest) {
    super(url, ...rest);
    const lost = new MessageEvent("message", { data: '{"kind": "lost", "count": 3}' });
    if (url.includes("/ws/observe/")) this.addEventListener("message", () => this.dispatchEvent(lost), { once: true });
  }
}"""


@pytest.mark.only_browser("chromium")  # drawn from what the server told
def test_events_that_the_server_dropped_are_not_passed_over_in_silence(page: Page, site: Program) -> None:
    """How many are missing stands under the diagram."""
    page.add_init_script(LOSSY)
    page.goto(site.url + "learn/websockets/")
    echo = Sandbox(page)
    echo.run()
    expect(echo.root.locator(".live-about")).to_contain_text("the server dropped 3 of its events")
