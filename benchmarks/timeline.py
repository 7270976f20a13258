"""`make bench-timeline`: what a long conversation costs the page that shows it, at a revision and now."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from benchmarks.echo import table
from benchmarks.site_at import NOW, site_at
from testing.machine import launch_options

COUNTS = (50, 500, 5000)
ROUNDS = 3
TYPED = "typing while it fills"

FEED = (Path(__file__).parent / "timeline_feed.js").read_text(encoding="utf-8")
HEAD = ["", "events", "longest frame", "p95 frame", "longest task", "key to screen", "a message", "of it layout"]
MEMORY = ["", "events", "JS heap, MB", "nodes on the page", "rows", "first row reached"]


def main(revisions: list[str]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options("chromium"))
        print(f"Chromium {browser.version}; milliseconds, medians of {ROUNDS} fresh pages; a message is seven events\n")
        measured = {}
        for revision in revisions:
            with tempfile.TemporaryDirectory() as folder, site_at(revision, Path(folder), SANDBOX_PORT="9") as url:
                for count in COUNTS:
                    rounds = []
                    for _ in range(ROUNDS):
                        page = browser.new_page(viewport={"width": 1280, "height": 800})
                        page.goto(url + "learn/websockets/")
                        rounds.append(measure(page, count))
                        page.close()
                    measured[revision, count] = {name: median(of[name] for of in rounds) for name in rounds[0]}
        browser.close()
    frames = [
        [revision, str(count), *(f"{of[name]:,.0f}" for name in HEAD[2:])] for (revision, count), of in measured.items()
    ]
    memory = [
        [revision, str(count), f"{of[MEMORY[2]]:,.1f}", *(f"{of[name]:,.0f}" for name in MEMORY[3:])]
        for (revision, count), of in measured.items()
    ]
    print("All events within one second, a reader typing meanwhile; then one message more, ten times")
    table(HEAD, frames)
    print("What is held then, more than before")
    table(MEMORY, memory)


def measure(page: Page, count: int) -> dict[str, float]:
    """One page: flood it, then let it talk on slowly, then look for the beginning."""
    page.locator("live-sandbox .live-timeline").first.wait_for()
    page.evaluate(FEED)
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable")
    before = held(cdp)
    page.locator("live-sandbox").first.get_by_label("message", exact=True).focus()
    page.evaluate("count => { window.flooding = feed.flood(count, 1000); }", count)
    page.keyboard.type(TYPED, delay=40)
    flood: dict[str, Any] = page.evaluate("flooding")
    costs = metrics(cdp)
    messages: int = page.evaluate("feed.talkOn(10)")
    after = metrics(cdp)
    spent = {name: 1000 * (after[name] - costs[name]) / messages for name in after}
    now = held(cdp)
    return {
        "longest frame": flood["longest"],
        "p95 frame": flood["p95"],
        "longest task": flood["task"],
        "key to screen": flood["key"],
        "a message": spent["TaskDuration"],
        "of it layout": spent["LayoutDuration"] + spent["RecalcStyleDuration"],
        "JS heap, MB": (now["JSHeapUsedSize"] - before["JSHeapUsedSize"]) / 1e6,
        "nodes on the page": now["Nodes"] - before["Nodes"],
        "rows": page.locator("live-sandbox .live-happening").count(),
        "first row reached": page.evaluate("feed.reachBeginning()"),
    }


def metrics(cdp: CDPSession) -> dict[str, float]:
    told = cdp.send("Performance.getMetrics")["metrics"]
    return {metric["name"]: metric["value"] for metric in told}


def held(cdp: CDPSession) -> dict[str, float]:
    """After the garbage is gone."""
    for _ in range(3):
        cdp.send("HeapProfiler.collectGarbage")
    return metrics(cdp)


if __name__ == "__main__":
    main([*sys.argv[1:], NOW])
