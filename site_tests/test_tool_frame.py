"""The frame builder: what it draws, what it foretells, and what the server makes of exactly those bytes."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from testing.program import Program

DEAD_SOCKET = """() => {
  window.WebSocket = class extends EventTarget {
    constructor() {
      super();
      setTimeout(() => this.dispatchEvent(new CloseEvent("close", { code: 1006 })));
    }
    close() {}
  };
}"""
RFC_EXAMPLE = "81 85 37 fa 21 3d 7f 9f 4d 51 58"


@pytest.fixture
def tool(page: Page, site: Program) -> Locator:
    """The one on the page about WebSockets."""
    page.goto(site.url + "learn/websockets/")
    tool = page.locator("tool-frame")
    tool.scroll_into_view_if_needed()
    return tool


def send(tool: Locator) -> str:
    """Press the button, wait until the answer is there, and return it in words."""
    tool.get_by_role("button", name="Send these bytes").click()
    result = tool.locator(".live-result")
    expect(result).to_have_text(re.compile(r"^(The server|Nothing) "))
    return result.inner_text()


def choose(tool: Locator, preset: str) -> None:
    tool.get_by_role("combobox", name="start from").select_option(preset)


def test_a_typed_text_is_drawn_field_by_field_and_comes_back(tool: Locator) -> None:
    """The bytes follow each key; the echo's answer is drawn in the same way."""
    bytes_ = tool.get_by_role("textbox", name="bytes", exact=True)
    expect(bytes_).to_have_value(RFC_EXAMPLE)
    tool.get_by_role("textbox", name="payload").fill("Hi")
    expect(bytes_).to_have_value("81 82 37 fa 21 3d 7f 93")
    sent = tool.get_by_label("What you send")
    expect(sent.get_by_role("row", name="length")).to_contain_text("2 bytes, in the 7-bit form")
    expect(sent.get_by_role("row", name="payload, unmasked")).to_contain_text('"Hi"')
    assert send(tool) == 'The server answered with a text, "Hi".'
    expect(tool.get_by_label("What came back").get_by_role("row", name="payload")).to_contain_text('48 69"Hi"')
    choose(tool, "a text in three fragments")
    expect(sent.locator("summary")).to_have_text(
        ['text "Hell", more follows', 'continuation "o, w", more follows', 'continuation "orld"']
    )
    assert send(tool) == 'The server answered with a text, "Hello, world".'


def test_bytes_written_by_hand_are_what_is_sent(tool: Locator) -> None:
    """And what is no bytes, or too many of them, is not sent, and says why."""
    bytes_ = tool.get_by_role("textbox", name="bytes", exact=True)
    bytes_.fill("83 80 00 00 00 00")
    expect(tool.locator(".frame-verdict")).to_contain_text(
        "reserved: it has no meaning yet (5.2). The answer must be 1002"
    )
    assert "closed with 1002, protocol error" in send(tool)
    for wrong, said in [("8", "pairs of hexadecimal digits"), ("00" * 1025, "1,024 at the most")]:
        bytes_.fill(wrong)
        expect(tool.locator(".frame-verdict")).to_contain_text(said)
        tool.get_by_role("button", name="Send these bytes").click()
        expect(tool.locator(".frame-verdict")).to_contain_text("Not sent")


@pytest.mark.only_browser("chromium")  # the browser has no part in what the server answers
def test_what_the_page_foretells_is_what_the_server_does(tool: Locator) -> None:
    """Each case that is wrong is closed with the code that the page names; the others it finds nothing wrong with."""
    start = tool.get_by_role("combobox", name="start from")
    verdict = tool.locator(".frame-verdict")
    expect(start).to_be_visible()
    for preset in start.locator("optgroup[label=Allowed] option").all_text_contents():
        choose(tool, preset)
        expect(verdict).to_have_text("✓ Nothing here breaks a rule.")
    wrong = start.locator("optgroup:not([label=Allowed]) option").all_text_contents()
    assert len(wrong) > 10
    for preset in wrong:
        choose(tool, preset)
        expect(verdict).to_have_text(re.compile(r"^✗ .* The answer must be \d{4}\.$"))
        code = verdict.inner_text().rstrip(".")[-4:]
        said = send(tool)
        assert f"closed with {code}," in said, preset
        assert said.endswith("As the rule says."), preset


@pytest.mark.only_browser("chromium")  # what the tool does then is the same in both
def test_while_the_server_is_away_nothing_breaks(tool: Locator, page: Page) -> None:
    """The answer that never comes is said in words, and the button can be pressed again."""
    page.evaluate(DEAD_SOCKET)
    button = tool.get_by_role("button", name="Send these bytes")
    button.click()
    expect(tool.locator(".live-result")).to_have_text("The server is away.")
    expect(button).not_to_have_attribute("aria-disabled", "true")
