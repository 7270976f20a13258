"""`make bench-leaving`: what a browser still holds after many pages were left by instant navigation."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, Route, sync_playwright

from benchmarks.echo import table
from benchmarks.site_at import NOW, site_at
from testing.machine import launch_options
from testing.navigation import PAGES, address

NAVIGATIONS = 40
OURS = re.compile(r"/assets/(?!javascripts/).*\.js$")
"""Every script but the theme's."""

VISIT = """async (path) => {
  const frame = () => new Promise(requestAnimationFrame);
  const until = async (condition) => { while (!condition()) await frame(); };
  const left = document.querySelector("article");
  const link = Array.from(document.querySelectorAll(".md-nav__link")).find(({ pathname }) => pathname === path);
  link.click();
  await until(() => document.querySelector("article") !== left && location.pathname === path);
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
    scrollTo({ top: y, behavior: "instant" });
    await frame();
    await frame();
  }
}"""
"""Follow a link of the navigation and read on to the page's end, so that all that is live on it comes to life."""


def main(revisions: list[str]) -> None:
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options("chromium"))
        for revision in revisions:
            with tempfile.TemporaryDirectory() as folder, site_at(revision, Path(folder), SANDBOX_PORT="9") as url:
                rows.append([f"{revision}, bare Material", *measure(browser, url, bare=True)])
                rows.append([revision, *measure(browser, url, bare=False)])
        print(f"Chromium {browser.version}; after {NAVIGATIONS} instant navigations, and the garbage gone\n")
        browser.close()
    table(["", "listeners", "DOM nodes", "JS heap, MB", "sandboxes kept", "nodes in those"], rows)


def measure(browser: Browser, url: str, bare: bool) -> list[str]:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    if bare:
        page.route(OURS, empty)
    paths = ["/" + address(source) for source in PAGES]
    page.goto(url)
    page.wait_for_function("window.document$")
    page.wait_for_load_state("networkidle")  # the theme asks for the sitemap, and makes its links instant then
    for turn in range(NAVIGATIONS):
        page.evaluate(VISIT, paths[(turn + 1) % len(paths)])
    cdp = page.context.new_cdp_session(page)
    for _ in range(3):
        cdp.send("HeapProfiler.collectGarbage")
    counters = cdp.send("Memory.getDOMCounters")
    heap = cdp.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    kept, within = sandboxes(page, cdp)
    page.close()
    return [f"{counters['jsEventListeners']:,}", f"{counters['nodes']:,}", f"{heap:,.1f}", f"{kept:,}", f"{within:,}"]


def sandboxes(page: Page, cdp: CDPSession) -> tuple[int, int]:
    """How many live elements are held off the page, and how many elements there are in them."""
    defined = page.evaluate("Boolean(customElements.get('live-sandbox'))")
    if not defined:
        return 0, 0
    prototype = cdp.send("Runtime.evaluate", {"expression": "customElements.get('live-sandbox').prototype"})
    found = cdp.send("Runtime.queryObjects", {"prototypeObjectId": prototype["result"]["objectId"]})["objects"]
    count = """function () {
      const left = this.filter((element) => !element.isConnected);
      return [left.length, left.reduce((sum, element) => sum + element.querySelectorAll("*").length, 0)];
    }"""
    answer = cdp.send(
        "Runtime.callFunctionOn",
        {"functionDeclaration": count, "objectId": found["objectId"], "returnByValue": True},
    )
    kept, within = answer["result"]["value"]
    return kept, within


def empty(route: Route) -> None:
    route.fulfill(body="", content_type="text/javascript")


if __name__ == "__main__":
    main([*sys.argv[1:], NOW])
