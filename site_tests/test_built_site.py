"""The site as files, which `make site` builds: its scripts without comments, and a page opened from a folder."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from testing.browser import Complaints
from testing.built_site import BuiltSite
from testing.sandbox import Sandbox

IMPORT_ALL = """async (urls) => {
  const failures = [];
  for (const url of urls) await import(url).catch((error) => failures.push(`${url}: ${error}`));
  return failures;
}"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """Built and served; the sandbox server is another process, as at a reader's home."""
    site = BuiltSite(tmp_path_factory.mktemp("built"))
    sandbox = site.start_sandbox_server()
    yield site
    sandbox.end()
    site.end()


def test_each_of_its_scripts_runs_without_its_comments(page: Page, built: BuiltSite) -> None:
    """All modules load, none says any more what only its authors read, and a transcript runs."""
    page.goto(built.url + "learn/websockets/")
    assert Sandbox(page).run() == "All 7 lines went as written."
    scripts = [path for name in ("live", "tools") for path in (built.files / "assets" / name).rglob("*.js")]
    assert len(scripts) > 50
    assert [path for path in scripts if path.read_text().startswith("/**")] == []
    urls = [built.url + str(path.relative_to(built.files)) for path in scripts]
    assert page.evaluate(IMPORT_ALL, urls) == []


def test_a_page_that_is_opened_from_a_folder_is_a_handout(page: Page, built: BuiltSite, complaints: Complaints) -> None:
    """No server and no modules: the transcripts are there, no room is kept free, and the page says how to run it."""
    complaints.expected = {"file:", "CORS", "Cross-Origin"}
    page.goto((built.files / "learn/websockets/index.html").as_uri())
    box = page.locator(".live").first
    expect(box).to_contain_text("connect /ws/echo/")
    words = "element => getComputedStyle(element, '::after').content"
    assert "make serve" in box.evaluate(words)
    inner, outer = box.locator("figure").bounding_box(), box.bounding_box()
    assert inner is not None
    assert outer is not None
    assert outer["height"] < inner["height"] + 60
