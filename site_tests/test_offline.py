"""The site without a network, after a first visit; and how its service worker is got rid of."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect

from live_docs.built.offline import WORKER
from testing.browser import PATIENCE_MS
from testing.built_site import BuiltSite
from testing.navigation import PAGES, address
from testing.program import Program, wait_until
from testing.sandbox import Sandbox

IS_KEPT = "they work without a network"
ASIDE = "assets/here"


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile, which may have service workers."""
    context = browser.new_context(service_workers="allow")
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    site = BuiltSite(tmp_path_factory.mktemp("offline"), offline=True)
    yield site
    site.end()


@pytest.fixture
def built(whole: BuiltSite, tmp_path: Path) -> Iterator[BuiltSite]:
    """Served, at its beginning and at its end; what a test changes is put back."""
    changed = {whole.files / name: (whole.files / name).read_bytes() for name in ("index.html", WORKER)}
    whole.serve()
    yield whole
    for path, data in changed.items():
        path.write_bytes(data)


def foot(page: Page) -> Locator:
    return page.locator(".offline")


def visited(reader: BrowserContext, site: BuiltSite, path: str = "") -> Page:
    """A page, once all are kept."""
    page = reader.new_page()
    page.goto(site.url + path)
    expect(foot(page)).to_contain_text(IS_KEPT)
    return page


def until(page: Page, condition: str) -> None:
    """Wait until what a function of the page promises is true."""
    wait_until(lambda: bool(page.evaluate(condition)), condition)


NOTHING_LEFT = """async () => (await navigator.serviceWorker.getRegistrations()).length === 0
  && (await caches.keys()).length === 0"""


@pytest.mark.long
def test_after_a_first_visit_everything_works_without_a_network(reader: BrowserContext, built: BuiltSite) -> None:
    """Each page, and a transcript in the page: that server is kept once it was asked for."""
    page = visited(reader, built, "learn/websockets/")
    assert not page.evaluate(f"caches.open('offline / aside').then(cache => cache.match('/{ASIDE}/manifest.json'))")
    page.locator("live-sandbox").first.get_by_role("button", name="Run", exact=True).click()
    expect(Sandbox(page).result).to_have_text("All 7 lines went as written.")
    expect(foot(page)).to_contain_text("and the server that runs in them")
    built.end()
    for name in PAGES:
        page.goto(built.url + address(name))
        expect(page.locator("article h1")).not_to_contain_text("404")
    page.goto(built.url + "learn/websockets/")
    page.locator("live-sandbox").first.get_by_role("button", name="Run", exact=True).click()
    expect(Sandbox(page).result).to_have_text("All 7 lines went as written.")
    page.goto(built.url + "no/such/page/")
    expect(page.locator("h1")).to_contain_text("404")


@pytest.mark.long
def test_the_search_works_without_a_network(reader: BrowserContext, built: BuiltSite) -> None:
    """Its worker and the list of all pages are kept, too."""
    page = visited(reader, built)
    built.end()
    page.goto(built.url + "learn/wsgi/")
    page.locator(".md-search__input").click()
    page.keyboard.type("group_send()")
    expect(page.locator(".md-search-result__item").first).to_contain_text("group_send()")


@pytest.mark.long
def test_the_reader_gets_rid_of_it(reader: BrowserContext, built: BuiltSite) -> None:
    """All of it, at once; it does not come back by itself, but when it is asked for."""
    page = visited(reader, built)
    foot(page).get_by_role("button", name="Remove").click()
    expect(foot(page)).to_contain_text("Nothing of this site is kept any more")
    until(page, NOTHING_LEFT)
    page.goto(built.url + "learn/wsgi/")
    expect(foot(page).get_by_role("button", name=re.compile("^Keep this site"))).to_be_visible()
    assert page.evaluate(NOTHING_LEFT)
    built.end()
    with pytest.raises(Error):
        page.goto(built.url)
    built.serve()
    page.goto(built.url)
    foot(page).get_by_role("button", name=re.compile("^Keep this site")).click()
    expect(foot(page)).to_contain_text(IS_KEPT)


def publish(site: BuiltSite, words: str) -> None:
    """Another build: one page says something else."""
    page, worker = site.files / "index.html", site.files / WORKER
    page.write_text(re.sub(r"<title>.*?</title>", f"<title>{words}</title>", page.read_text()))
    first, _, code = worker.read_text().partition("\n")
    told = json.loads(first.removeprefix("const SITE = ").removesuffix(";"))
    told["files"]["index.html"] = [hashlib.sha256(page.read_bytes()).hexdigest(), page.stat().st_size]
    worker.write_text(f"const SITE = {json.dumps({**told, 'build': 'second'})};\n{code}")


@pytest.mark.long
@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_online_a_page_is_never_an_old_one_and_offline_is_that_of_one_build(
    reader: BrowserContext, built: BuiltSite
) -> None:
    """The new build is kept once the old one's pages are closed; until then, the old one is, whole."""
    page = visited(reader, built)
    title = page.title()
    publish(built, "A second build")
    page.reload()
    assert page.title() == "A second build"
    until(page, "async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting)")
    built.end()
    page.reload()
    assert page.title() == title
    page.close()
    page = reader.new_page()
    page.goto(built.url)
    until(page, "async () => (await caches.keys()).join() === 'offline / second'")
    page.reload()
    assert page.title() == "A second build"


@pytest.mark.long
@pytest.mark.only_browser("chromium")  # no engine has a part in it
def test_a_site_of_two_builds_is_not_kept(reader: BrowserContext, built: BuiltSite) -> None:
    """One file is already that of the next: nobody is given both."""
    page = built.files / "index.html"
    page.write_text(page.read_text().replace("</title>", " of tomorrow</title>"))
    tab = reader.new_page()
    tab.goto(built.url + "learn/wsgi/")
    until(tab, "async () => (await navigator.serviceWorker.getRegistrations()).length === 0")
    until(tab, "async () => (await caches.keys()).length === 0")


@pytest.mark.long
def test_where_the_site_has_no_worker_any_more_the_old_one_goes(reader: BrowserContext, built: BuiltSite) -> None:
    """By itself: at this address may now be something else, which knows nothing of it."""
    page = visited(reader, built)
    (built.files / WORKER).unlink()
    (built.files / "index.html").write_text("<!doctype html><title>Another site</title>")
    page.reload()
    assert page.title() == "Another site"
    until(page, NOTHING_LEFT)


@pytest.mark.long
def test_where_pages_name_none_it_goes(reader: BrowserContext, built: BuiltSite) -> None:
    """Those of `mkdocs serve` at the same address, say."""
    page = visited(reader, built)
    home = built.files / "index.html"
    home.write_text(home.read_text().replace('<meta name="service-worker"', "<meta"))
    page.reload()
    until(page, NOTHING_LEFT)
    expect(foot(page)).to_have_count(0)


def test_a_site_that_is_being_written_has_none(reader: BrowserContext, site: Program) -> None:
    """`mkdocs serve` shows what has just been saved."""
    page = reader.new_page()
    page.goto(site.url)
    expect(page.locator("article h1")).to_have_count(1)
    assert page.locator("meta[name=service-worker]").count() == 0
    assert page.evaluate(NOTHING_LEFT)
    expect(foot(page)).to_have_count(0)
