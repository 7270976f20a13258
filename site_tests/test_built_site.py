"""The site as files, packed, as either generator builds it; and a page opened from a folder."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, expect

from live_docs.built.widgets import check_built, compare, widgets_of
from testing.browser import Complaints
from testing.built_site import BuiltSite
from testing.navigation import PAGES, address
from testing.project import ROOT
from testing.sandbox import Sandbox, wake_all

pytestmark = pytest.mark.long

MOST_REQUESTS = 20
"""Before the reader does anything."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """Built and served; the sandbox server is another process, as at a reader's home."""
    yield from served(BuiltSite(tmp_path_factory.mktemp("built")))


@pytest.fixture(scope="module")
def by_zensical(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The same from the generator that will follow, which runs no hooks and no plugins."""
    yield from served(BuiltSite(tmp_path_factory.mktemp("zensical"), "zensical"))


def served(site: BuiltSite) -> Iterator[BuiltSite]:
    sandbox = site.start_sandbox_server()
    yield site
    sandbox.end()
    site.end()


def test_both_generators_make_the_same_widgets(built: BuiltSite, by_zensical: BuiltSite) -> None:
    """Page by page, each transcript, challenge and tool; and every fence is one."""
    docs = ROOT / "docs"
    pages = [site.files / address(name) / "index.html" for site in (built, by_zensical) for name in PAGES]
    assert all(len(widgets_of(page.read_text())) > 0 for page in pages if "learn" in page.parts)
    assert list(compare(docs, built.files, by_zensical.files)) == []
    assert [*check_built(docs, built.files), *check_built(docs, by_zensical.files)] == []


def test_each_page_of_either_generator_leads_to_its_markdown(built: BuiltSite, by_zensical: BuiltSite) -> None:
    """Beside it, for whatever reads text; 404.html, which is shown anywhere, has none."""
    for site in (built, by_zensical):
        for name in PAGES:
            page = site.files / address(name) / "index.html"
            (link,) = re.findall(r'<link rel="alternate " type="text/markdown" href="([^"]+)"', page.read_text())
            assert (page.parent / link).read_text().startswith("# ")
        assert "text/markdown" not in (site.files / "404.html").read_text()
        assert "(learn/consumers/index.html.md)" in (site.files / "llms.txt").read_text()


def test_the_sidebar_does_not_say_again_what_its_section_says(built: BuiltSite, by_zensical: BuiltSite) -> None:
    """Of the pages of error messages. Their own titles, which the search shows too, say it."""
    for site in (built, by_zensical):
        html = (site.files / "symptoms/handshake/index.html").read_text()
        sidebar = html.partition("md-sidebar--primary")[2].partition("md-sidebar--secondary")[0]
        linked = [" ".join(text.split()) for text in re.findall(r'<span class="md-ellipsis">([^<]*)', sidebar)]
        assert {"the server does not start", "the handshake fails"} <= set(linked)
        assert not [text for text in linked if text.startswith("Error messages: ")]
        assert re.search(r"<title>Error messages: the handshake fails - ", html)
    index = (built.files / "search/documents.json").read_text()
    assert '"title":"Error messages: the handshake fails"' in index


@pytest.mark.only_browser("chromium")  # the other one has been through the first
def test_every_page_is_whole_as_zensical_builds_it(page: Page, by_zensical: BuiltSite, complaints: Complaints) -> None:
    """Hooks, plugins and the theme's file names are all that it lacks."""
    complaints.expected = {"/ws/"}
    open_every_page(page, by_zensical)


def test_every_page_is_whole_and_its_first_transcript_runs(
    page: Page, built: BuiltSite, complaints: Complaints
) -> None:
    """Packed as it is: nothing is missing, the console stays clean, and the page comes by few requests."""
    complaints.expected = {"/ws/"}  # some transcripts are of refusals, which browsers complain of
    open_every_page(page, built)


def open_every_page(page: Page, built: BuiltSite) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith("favicon.svg"):
            return  # the browser's own, for its tab
        if request.url.startswith(built.url):  # Firefox tells of WebSockets too: the home page's sandbox runs by itself
            asked.append(request.url)

    page.on("request", note)
    for name in PAGES:
        asked.clear()
        page.goto(built.url + address(name), wait_until="networkidle")
        expect(page.locator("article h1")).to_have_count(1)
        assert len(set(asked)) <= MOST_REQUESTS, asked
        wake_all(page)
        sandbox = Sandbox(page)
        if sandbox.root.count():
            sandbox.run()
            assert set(sandbox.outcomes()) == {"same"}, name


@pytest.mark.only_browser("chromium")  # the theme's own search
def test_nothing_of_the_search_is_loaded_before_somebody_searches(page: Page, built: BuiltSite) -> None:
    """Then it is, and finds."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(built.url, wait_until="networkidle")
    assert not [url for url in asked if "documents.json" in url or "workers/search" in url]
    page.locator(".md-search__input").click()
    page.keyboard.insert_text("group_send()")
    expect(page.locator(".md-search-result__item").first).to_contain_text("group_send() from Celery")


@pytest.mark.only_browser("chromium")  # the theme's own search
def test_a_search_that_does_not_load_says_so_and_is_tried_again(
    page: Page, built: BuiltSite, complaints: Complaints
) -> None:
    """A reader who is told that nothing was found would believe it."""
    complaints.expected = {"documents.json", "ERR_FAILED"}
    page.context.route("**/documents.json", lambda route: route.abort())
    page.goto(built.url, wait_until="networkidle")
    page.locator(".md-search__input").click()
    page.keyboard.insert_text("group_send()")
    first = page.locator(".md-search-result__item").first
    expect(first).to_contain_text("The search could not be loaded")
    page.context.unroute("**/documents.json")
    page.keyboard.insert_text(" from")
    expect(first).to_contain_text("group_send() from Celery")


def test_a_page_that_is_opened_from_a_folder_is_a_handout(page: Page, built: BuiltSite, complaints: Complaints) -> None:
    """No server and no modules: the transcripts are there, no room is kept free, and the page says how to run it."""
    complaints.expected = {"file:", "CORS", "Cross-Origin"}
    page.goto((built.files / "learn/websockets/index.html").as_uri())
    box = page.locator(".live").first
    expect(box).to_contain_text("connect /ws/echo/")
    words = "element => getComputedStyle(element, '::after').content"
    assert "make serve" in box.evaluate(words)
    under = """element => element.getBoundingClientRect().bottom
      - Math.max(...Array.from(element.querySelectorAll("*"), (each) => each.getBoundingClientRect().bottom))"""
    assert box.evaluate(under) < 60


@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_pasted_message_finds_its_entry_in_a_packed_site(page: Page, built: BuiltSite) -> None:
    """In the box, and in the search: what looks is no part of the page's bundle."""
    page.goto(built.url + "symptoms/")
    page.get_by_role("textbox", name="what you see").fill("ValueError: No route found for path 'ws/shop/7'.")
    expect(page.locator("tool-explain").get_by_role("link").first).to_have_text("No route found for path '…'.")
    page.locator(".md-search__input").click()
    page.keyboard.insert_text("TypeError: object OrderConsumer can't be used in 'await' expression")
    expect(page.locator(".md-search-result__link").first).to_have_attribute("href", re.compile("#no-as-asgi"))
