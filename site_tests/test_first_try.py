"""A reader's first own WebSocket: what they paste into the console is answered, and what they type into their page."""

import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from handed_out.reader import PORT, Reader, printed
from testing.browser import Complaints


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_what_is_pasted_into_the_console_is_answered(page: Page, tmp_path: Path, complaints: Complaints) -> None:
    """On a page of the project itself, so that its origin is one that may connect; it has no icon yet."""
    complaints.expected = {"/favicon.ico"}
    reader = Reader(tmp_path, Path(sys.executable).parent)
    reader.begin()
    reader.choose_layer("in_memory")
    with reader.serve("develop.sh") as server:
        page.goto(server.url + "/admin/")
        with page.expect_console_message(lambda message: message.text == "hello"):
            page.add_script_tag(content=printed("try.js").replace(PORT, server.url.rpartition(":")[2]))
        page.close()


@pytest.mark.long
@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_the_page_of_a_newcomer_greets(page: Page, tmp_path: Path, complaints: Complaints) -> None:
    """All steps of *Start here*, and then a name is typed."""
    complaints.expected = {"/favicon.ico"}
    reader = Reader(tmp_path, Path(sys.executable).parent)
    reader.begin_hello()
    reader.let_daphne_serve()
    reader.say_hello()
    with reader.serve("develop.sh") as server:
        page.goto(server.url)
        expect(page.get_by_role("listitem")).to_have_text(["Who is there?"])
        page.get_by_label("Your name").fill("Ada")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("listitem")).to_have_text(["Who is there?", "Hello, Ada!"])
        page.close()
