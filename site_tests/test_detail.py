"""What an entry of the diagram opens: a frame's bytes, the handshake, the scope, an exception."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from testing.program import Program
from testing.sandbox import LANES, Sandbox


def test_a_frame_is_decoded_over_its_bytes(echo: Sandbox, page: Page) -> None:
    """Every field with its bits or bytes; the bytes are the frame as it crossed, mask and all."""
    echo.run_to_its_end()
    detail = echo.open_detail("wire", "hello")
    expect(detail.get_by_role("button", name="masking key")).to_be_visible()
    cells = "rows => rows.map(row => [...row.querySelectorAll('th, code, td span')].map(part => part.innerText))"
    fields = {name: rest for name, *rest in detail.locator("tr").evaluate_all(cells)}
    key = bytes.fromhex(fields["masking key"][0])
    masked = bytes.fromhex(fields["payload, masked"][0])
    assert fields["FIN"][0] == "1"
    assert fields["RSV1-3"][0] == "000"
    assert fields["opcode"] == ["0001", "1: text"]
    assert fields["MASK"][0] == "1"
    assert fields["length"] == ["0000101", "5 bytes, in the 7-bit form"]
    assert bytes(byte ^ key[at % 4] for at, byte in enumerate(masked)) == b"hello"
    assert fields["payload, unmasked"] == [b"hello".hex(" "), '"hello"']
    drawn = detail.locator(".live-byte").evaluate_all(
        "bytes => bytes.map(byte => byte.textContent.slice(0, 2)).join(' ')"
    )
    assert bytes.fromhex(drawn) == bytes([0x81, 0x85]) + key + masked


@pytest.mark.only_browser("chromium")  # drawn from what the server told
def test_a_field_in_focus_lights_its_bits(echo: Sandbox, page: Page) -> None:
    """By keyboard as by pointer."""
    echo.run_to_its_end()
    detail = echo.open_detail("wire", "hello")
    page.mouse.move(0, 0)  # what the pointer is over is lit, too
    lit = detail.locator(".live-bytes .live-lit")
    detail.get_by_role("button", name="FIN").focus()
    expect(lit).to_have_text("1")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(lit).to_have_text("0001")
    detail.get_by_role("button", name="masking key").hover()
    expect(lit).to_have_count(4)


@pytest.mark.only_browser("chromium")  # drawn from what the server told
def test_a_longer_frame_spells_its_length_in_more_bytes(echo: Sandbox) -> None:
    """126 stands for: the length is in the next two bytes."""
    echo.open_play()
    echo.button("Connect").click()
    expect(echo.states).to_have_text("OPEN")
    echo.field("message").fill("x" * 300)
    echo.button("Send").click()
    expect(echo.lane("wire").filter(has_text="xxx")).to_have_count(2)
    detail = echo.open_detail("wire", "xxx")
    length = detail.get_by_role("row").filter(has_text="length")
    expect(length).to_contain_text("1111110 01 2c")
    expect(length).to_contain_text("300 bytes, in the 7+16-bit form")


@pytest.mark.only_browser("chromium")  # drawn from what the server told
def test_a_close_frame_shows_code_and_reason(echo: Sandbox) -> None:
    """Two bytes of code, then the reason."""
    echo.run_to_its_end()
    detail = echo.open_detail("wire", "close 1000 bye")
    expect(detail.get_by_role("row").filter(has_text="unmasked")).to_contain_text("03 e8 62 79 65")
    expect(detail.get_by_role("row").filter(has_text="unmasked")).to_contain_text("1000 bye")


@pytest.mark.parametrize("half", ["GET /ws/echo/", "101 Switching Protocols"])
def test_the_accept_header_is_computed_again_and_is_equal(echo: Sandbox, half: str) -> None:
    """From the request and from the response: key, GUID, SHA-1, base64, and the server's own answer."""
    echo.run_to_its_end()
    detail = echo.open_detail("wire", half)
    expect(detail).to_contain_text("258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
    expect(detail).to_contain_text("equal: this server speaks WebSocket")
    expect(detail).not_to_contain_text("not equal")


@pytest.mark.only_browser("chromium")  # what is missing is taken away by the test
def test_without_a_secure_context_it_says_why_nothing_is_computed(page: Page, site: Program) -> None:
    """On plain http from another machine, browsers have no crypto.subtle."""
    page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    page.goto(site.url + "learn/websockets/")
    sandbox = Sandbox(page)
    sandbox.show_lanes(*LANES)
    sandbox.run_to_its_end()
    expect(sandbox.open_detail("wire", "101 Switching")).to_contain_text("cannot be replayed here")


@pytest.mark.only_browser("chromium")  # drawn from what the server told
def test_the_scope_is_shown_twice_and_what_was_added_is_marked(echo: Sandbox) -> None:
    """As the server made it, and as the consumer got it, as Python prints them."""
    echo.run_to_its_end()
    expect(echo.open_detail("asgi", "scope").locator("pre")).to_contain_text("'path': '/ws/echo/'")
    marks = echo.open_detail("asgi", "scope +").locator("pre mark")
    expect(marks.first).to_be_visible()
    assert {text.split("'")[1] for text in marks.all_inner_texts() if text.startswith(" '")} >= {"session", "user"}


@pytest.mark.only_browser("chromium")  # drawn from what the server told
def test_the_exception_that_left_the_application_is_shown(page: Page, site: Program) -> None:
    """Its name, its message, and where it was raised."""
    page.goto(site.url + "learn/connection/")
    sandbox = Sandbox(page)
    sandbox.show_lanes(*LANES)
    sandbox.open_play()
    sandbox.button("Connect").click()
    expect(sandbox.states).to_have_text("OPEN")
    sandbox.field("message").fill("not JSON")
    sandbox.button("Send").click()
    expect(sandbox.states).to_have_text("CLOSED")
    detail = sandbox.open_detail("consumer", "JSONDecodeError")
    expect(detail).to_contain_text("Expecting value")
    expect(detail).to_contain_text(re.compile(r"\.py, line \d+, in \w+"))


@pytest.mark.long
@pytest.mark.only_browser("chromium")  # the page's document and the server's answers are the same
def test_no_cookie_of_the_visitor_is_anywhere_on_the_page(page: Page, site: Program, context: BrowserContext) -> None:
    """Logged in, every lane open, every detail open: the session's key is not shown, nor any other cookie."""
    page.goto(site.url + "learn/auth-middleware-stack/")
    sandbox = Sandbox(page)
    sandbox.show_lanes(*LANES)
    sandbox.open_play()
    sandbox.field("user").select_option("alice")
    sandbox.button("Log in").click()
    expect(sandbox.result).to_contain_text("Logged in as alice.")
    sandbox.field("path").fill("/ws/whoami/")
    sandbox.button("Connect").click()
    expect(sandbox.happenings.last).to_contain_text("alice")
    for lane, text in (("wire", "101"), ("asgi", "scope +"), ("consumer", "connect")):
        expect(sandbox.lane(lane).filter(has_text=text).first).to_be_visible()
    for entry in sandbox.timeline.locator(".live-entry").all():
        entry.click()
    expect(sandbox.timeline.locator(".live-detail").filter(has_text="sessionid").first).to_contain_text("[hidden]")
    values = [cookie["value"] for cookie in context.cookies()]
    assert len(values) >= 2
    assert [value for value in values if value in page.content()] == []
