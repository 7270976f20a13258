"""What a reader gets who types `mkdocs serve`; other tests take the pages from where they were built once."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from testing.ports import reserved_port
from testing.program import start
from testing.sandbox import Sandbox


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[str]:
    """The address of the site as it is served while one writes."""
    url = f"http://127.0.0.1:{reserved_port()}/"
    program = start(
        ["mkdocs", "serve", "--no-livereload", "-a", url.removeprefix("http://").rstrip("/")],
        tmp_path / "log.txt",
        url,
        SANDBOX_PORT="0",
        DATABASE_URL=f"sqlite:///{tmp_path / 'db.sqlite3'}",
    )
    yield url
    program.end()


@pytest.mark.long
@pytest.mark.only_browser("chromium")
def test_the_site_runs_with_the_server_that_starts_beside_it(serving: str, page: Page) -> None:
    """At an address of its own, with a sandbox server on whatever port is free; each page is there as Markdown, too."""
    page.goto(serving + "learn/websockets/")
    assert Sandbox(page).run() == "All 7 lines went as written."
    page.goto("about:blank")
    with urllib.request.urlopen(f"{serving}learn/consumers/index.html.md", timeout=60) as answer:
        assert answer.headers.get_content_type() == "text/markdown"
        assert answer.read().startswith(b"# Consumers\n")
    with urllib.request.urlopen(f"{serving}llms.txt", timeout=60) as answer:
        assert b"(learn/consumers/index.html.md)" in answer.read()
