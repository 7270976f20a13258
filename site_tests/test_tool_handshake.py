"""The handshake's computation, in the page and on the server."""

import base64
import hashlib

import pytest
from playwright.sync_api import Locator, Page, expect

from testing.program import Program

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


@pytest.fixture
def tool(page: Page, site: Program) -> Locator:
    page.goto(site.url + "learn/websockets/")
    tool = page.locator("tool-handshake")
    tool.scroll_into_view_if_needed()
    return tool


def test_a_random_key_is_answered_as_the_page_computed(tool: Locator) -> None:
    """Each step is shown, and the server's own answer is marked in what came back; so it is for the RFC's own key."""
    tool.get_by_role("button", name="The RFC's key").click()
    expect(tool.locator(".handshake-steps")).to_contain_text("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    field = tool.get_by_role("textbox", name="key")
    before = field.input_value()
    tool.get_by_role("button", name="New key").click()
    key = field.input_value()
    assert key != before
    accept = base64.b64encode(hashlib.sha1((key + GUID).encode()).digest()).decode()
    expect(tool.locator(".handshake-steps")).to_contain_text(accept)
    tool.get_by_role("button", name="Ask the server").click()
    expect(tool.locator(".live-result")).to_have_text("✓ The same: this server speaks WebSocket.")
    expect(tool.locator(".handshake-heads mark")).to_have_text(accept)
    expect(tool.locator(".handshake-heads")).to_contain_text(f"Sec-WebSocket-Key: {key}")


def test_a_broken_key_is_refused_with_400(tool: Locator) -> None:
    """The page says what is wrong with it, and so does the server."""
    tool.get_by_role("textbox", name="key").fill("c2hvcnQ=")
    expect(tool.locator(".handshake-steps")).to_contain_text("base64 of 5 bytes, and must be of 16")
    tool.get_by_role("button", name="Ask the server").click()
    expect(tool.locator(".live-result")).to_contain_text("No WebSocket: HTTP/1.1 400")
