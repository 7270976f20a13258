"""What a reader gets who types `mkdocs serve`; other tests take the pages from where they were built once."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from testing.ports import reserved_port
from testing.program import start
from testing.sandbox import Sandbox


@pytest.mark.long
@pytest.mark.only_browser("chromium")
def test_the_site_runs_with_the_server_that_starts_beside_it(page: Page, tmp_path: Path) -> None:
    """At an address of its own, with a sandbox server on whatever port is free."""
    url = f"http://127.0.0.1:{reserved_port()}/"
    program = start(
        ["mkdocs", "serve", "--no-livereload", "-a", url.removeprefix("http://").rstrip("/")],
        tmp_path / "log.txt",
        url,
        SANDBOX_PORT="0",
        DATABASE_URL=f"sqlite:///{tmp_path / 'db.sqlite3'}",
    )
    try:
        page.goto(url + "learn/websockets/")
        assert Sandbox(page).run() == "All 7 lines went as written."
        page.goto("about:blank")
    finally:
        program.end()
