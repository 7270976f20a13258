"""The site as `make site` makes it, served by the one process that runs the sandboxes, and read in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from site_tests.test_policy import REFUSALS
from testing.browser import Complaints
from testing.built_site import BuiltSite
from testing.program import Program
from testing.sandbox import Sandbox

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """At another port than the one that it was built with an address for."""
    site = BuiltSite(tmp_path_factory.mktemp("one"), whole=True)
    site.end()
    program = site.start_sandbox_server(SANDBOX_SITE=str(site.files))
    yield program
    program.end()


@pytest.fixture
def hosts(page: Page, complaints: Complaints) -> set[str]:
    """Whom the browser asked."""
    complaints.expected = {"A ServiceWorker intercepted the request"}  # Firefox's words where a page is left early
    page.add_init_script(REFUSALS)
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.on("websocket", lambda socket: asked.add(urlsplit(socket.url).netloc))
    return asked


def test_a_sandbox_runs_on_the_server_that_sent_the_page(page: Page, served: Program, hosts: set[str]) -> None:
    """Over a real wire, under the site's policy, after an instant navigation too; and nobody else is asked anything."""
    answer = page.goto(served.url)
    assert answer is not None
    assert "script-src 'self' 'wasm-unsafe-eval'" in answer.headers["content-security-policy"]
    assert answer.headers["content-encoding"] in ("br", "gzip")
    page.get_by_role("link", name="WebSockets", exact=True).first.click()
    expect(page.locator("article h1")).to_have_text(re.compile("WebSocket"))
    sandbox = Sandbox(page)
    assert sandbox.run() == "All 7 lines went as written."
    expect(sandbox.root.locator(".live-foot")).to_contain_text("Daphne")
    expect(sandbox.lane("wire")).not_to_have_count(0)
    assert hosts - {""} == {urlsplit(served.url).netloc}


def test_the_server_runs_in_the_page_that_it_sent(page: Page, served: Program, hosts: set[str]) -> None:
    """Python in WebAssembly comes compressed, and as what it is, from the same origin."""
    page.goto(served.url + "/learn/websockets/")
    sandbox = Sandbox(page)
    sandbox.run()
    sandbox.button("Run it in this page").click()
    expect(sandbox.result).to_contain_text("the next press starts it")
    sandbox.button("Run").click()
    expect(sandbox.result).to_have_text("All 7 lines went as written.")
    expect(sandbox.root.locator(".live-foot")).to_have_text(re.compile("^Answered in this page by Python"))
    assert hosts - {""} == {urlsplit(served.url).netloc}


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_dead_link_is_told_in_the_sites_own_words(page: Page, served: Program, complaints: Complaints) -> None:
    """With the way home, wherever the link stood."""
    complaints.expected = {"404"}
    answer = page.goto(served.url + "/learn/no/such/page/")
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("link", name="101 Switching Protocols").first.click()
    expect(page).to_have_url(re.compile(re.escape(served.url) + "/(index.html)?$"))
