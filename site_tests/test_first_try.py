"""A reader's first own WebSocket: what the front door has them paste into the console is answered."""

import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

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
