"""The tool that shows a reader's own two scopes, driven as a reader would."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from testing.browser import Complaints
from testing.program import Program

DONE = "One application, two calls, two scopes."


@pytest.fixture
def tool(page: Page, site: Program) -> Locator:
    page.goto(site.url + "learn/asgi/")
    return page.locator("tool-scopes")


def run(tool: Locator, says: str = DONE) -> None:
    tool.get_by_role("button", name="Run", exact=True).click()
    expect(tool.locator(".live-result")).to_contain_text(says)


def row(tool: Locator, key: str) -> Locator:
    """The cells of one row, its key first."""
    exact = re.compile(f"^{re.escape(key)}$")
    rows = tool.get_by_role("row").filter(has=tool.page.get_by_role("rowheader").get_by_text(exact))
    return rows.get_by_role("cell")


def types(tool: Locator, protocol: str) -> list[str]:
    return tool.get_by_role("list", name=f"Events over {protocol}").locator("code").all_inner_texts()


def test_both_scopes_stand_side_by_side_and_say_how_they_compare(tool: Locator, page: Page) -> None:
    """What differs, what only one has, and which layer has added a key, in words; the cookie's value is hidden."""
    run(tool)
    expect(row(tool, "type")).to_have_text(["'http'", "'websocket'", "differs"])
    expect(row(tool, "method")).to_have_text(["'POST'", "absent", "HTTP only"])
    expect(row(tool, "subprotocols")).to_have_text(["absent", "[]", "WebSocket only"])
    expect(row(tool, "query_string")).to_have_text(["b'q=caf%C3%A9'", "b'q=caf%C3%A9'", "same"])
    expect(row(tool, "path")).to_contain_text(["'/scope/café/'", "'/ws/scope/café/'", "differs"])
    expect(tool.get_by_role("rowheader", name="user added by AuthMiddleware")).to_be_visible()
    tool.get_by_text("The headers, one by one").click()
    expect(row(tool, "b'cookie'")).to_have_text(["[hidden]", "[hidden]", "same"])
    expect(row(tool, "b'sec-websocket-version'")).to_have_text(["absent", "b'13'", "WebSocket only"])
    cookies = [cookie["value"] for cookie in page.context.cookies() if "value" in cookie]
    assert cookies
    assert not [value for value in cookies if value in tool.inner_text()]


def test_the_events_of_both_protocols_come_in_their_order(tool: Locator) -> None:
    """Several parts of a response, one message and its answer; a second run begins anew."""
    for _ in range(2):
        run(tool)
        body = "http.response.body"
        assert types(tool, "HTTP") == ["http.request", "http.response.start", body, body, body, body, "http.disconnect"]
        assert [name.removeprefix("websocket.") for name in types(tool, "WebSocket")] == [
            "connect", "accept", "send", "receive", "send", "disconnect",
        ]  # fmt: skip


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_the_reader_changes_path_query_and_message(tool: Locator) -> None:
    """What was typed is in the scopes and in the events, as text; an empty message is a message."""
    tool.get_by_role("combobox", name="method").select_option("GET")
    tool.get_by_role("textbox", name="path").fill("/a b/<i>?#")
    tool.get_by_role("textbox", name="query").fill("x=<b>1</b>")
    tool.get_by_role("textbox", name="message").fill("")
    expect(tool.locator(".live-address")).to_contain_text("GET http")
    run(tool)
    expect(row(tool, "path").first).to_have_text("'/scope/a b/<i>?#'")
    expect(row(tool, "method").first).to_have_text("'GET'")
    expect(tool.locator("b, i")).to_have_count(0)
    expect(tool.get_by_role("list", name="Events over WebSocket")).to_contain_text("text: ''")


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_path_that_leads_elsewhere_is_said_not_shown(tool: Locator, complaints: Complaints) -> None:
    """Two dots leave the application: the browser resolves them before it asks."""
    complaints.expected = {"/nowhere", "404"}
    tool.get_by_role("textbox", name="path").fill("../nowhere")
    run(tool, "404")
    tool.get_by_role("textbox", name="path").fill("")
    run(tool)


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_server_that_is_away_is_said(tool: Locator, page: Page, complaints: Complaints) -> None:
    """And the button works again when it is back. The site was built without the one that runs in a page."""
    complaints.expected = {"failed:", "console:", "net::", "NetworkError", "CORS", "404: "}
    run(tool)
    page.route("**/here/manifest.json", lambda route: route.fulfill(status=404))
    page.route("**/server/", lambda route: route.abort())
    run(tool, "The server is away.")
    expect(tool.locator(".live-away")).to_be_visible()
    page.unroute_all()
    run(tool)
