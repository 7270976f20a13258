"""`python -m live_docs check docs/`: where pages are not written as they should be; with `--server`, where they lie.

`python -m live_docs elsewhere docs/` writes out all lines that go differently on another server.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from live_docs.markdown.elsewhere_list import list_elsewhere
from live_docs.markdown.pages import Page, read_pages
from live_docs.notation.elsewhere import SERVERS
from live_docs.notation.transcript import Problem, Transcript
from live_docs.player.play import Outcome, play
from live_docs.style.code_style import check_code, files_that_run, read_code
from live_docs.style.page_style import check_page
from live_docs.style.rules import Rules, RulesError, find_rules
from live_docs.style.site_style import check_site

AT_ONCE = 4
"""Transcripts that are played beside each other: they mostly wait. To the server all of them are one visitor's."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line. Returns the exit status: 1 if anything is wrong, 2 if nothing could be checked."""
    parser = argparse.ArgumentParser("python -m live_docs")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("check", help="how the pages are written and, with --server, whether they are true")
    command.add_argument("docs", type=Path, help="a folder of Markdown pages, or one page")
    command.add_argument("--server", metavar="URL", help="play every transcript against it: http://127.0.0.1:8001")
    command.add_argument(
        "--origin", default="http://127.0.0.1:8000", help="the page to speak for (default: %(default)s)"
    )
    command.add_argument(
        "--on", choices=SERVERS, help="what --server runs, if it is not the pages' own: lines go as `@NAME` says"
    )
    writing = commands.add_parser("elsewhere", help="write the list of all lines that go differently elsewhere")
    writing.add_argument("docs", type=Path, help="the folder of all pages")
    writing.set_defaults(server=None, on=None)
    listing = commands.add_parser("code", help="what code the pages show, and what runs it")
    listing.add_argument("docs", type=Path, help="a folder of Markdown pages, or one page")
    listing.set_defaults(server=None, on=None)
    options = parser.parse_args(arguments)
    if options.on and not options.server:
        parser.error("--on says what answers at --server: name both")
    if not options.docs.exists():
        parser.error(f"{options.docs} does not exist")
    try:
        rules = find_rules(options.docs)
    except RulesError as error:
        parser.error(str(error))
    pages = list(read_pages(options.docs))
    if options.command == "elsewhere":
        if rules.elsewhere is None:
            parser.error("pyproject.toml names no file for it: see live_docs/style/rules.py")
        written = list_elsewhere(pages, rules.docs, rules.root / rules.elsewhere.page)
        (rules.root / rules.elsewhere.file).write_text(written, encoding="utf-8")
        return 0
    if options.command == "code":
        return list_code(pages, rules)
    transcripts = sum(len(page.transcripts) for page in pages)
    wrong = check_style(pages, rules, whole=options.docs.resolve() == rules.docs)
    print(f"{len(pages)} pages, {transcripts} transcripts read, {wrong} mistakes")
    if options.server:
        steps, different = play_all(pages, options.server, options.origin, options.on)
        print(f"{transcripts} transcripts, {steps} steps, {different} wrong")
        return 1 if wrong or different or not transcripts else 0
    return 1 if wrong or not pages else 0


def check_style(pages: list[Page], rules: Rules, whole: bool) -> int:
    """Print what cannot be read and what breaks a rule, one line each; how many. `whole`: these are all the pages."""
    running = files_that_run(rules)
    found = [
        (page.path, problem)
        for page in pages
        for problem in [*page.problems, *check_page(page, rules), *check_code(page, rules, running)]
    ]
    if whole:
        found += check_site(pages, rules)
    for path, problem in found:
        print(f"{shown(path)}:{problem.line}: {problem.message}")
    return len(found)


def list_code(pages: list[Page], rules: Rules) -> int:
    """Print each block of code, and what runs it or why it is not run; then how many of either. 1 if any is wrong."""
    running = files_that_run(rules)
    found = [(page.path, code) for page in pages for code in read_code(page, rules.root, running)]
    for path, code in found:
        where = f"{shown(path)}:{code.line}"
        print(f"{where:44} {code.message if isinstance(code, Problem) else f'{code.what:56} {code.run_by}'}")
    wrong = sum(isinstance(code, Problem) for _, code in found)
    print(f"{len(found)} blocks of code, {wrong} that nothing runs")
    return 1 if wrong else 0


def play_all(pages: list[Page], server: str, origin: str, on: str | None) -> tuple[int, int]:
    """Play all transcripts; print each difference as doctest would. How many steps were played, how many differed."""

    def play_one(transcript: Transcript) -> list[Outcome]:
        return list(play(transcript, server, origin, on))

    steps = different = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        plays = [(page, pool.map(play_one, page.transcripts)) for page in pages]
        for page, outcome in ((page, outcome) for page, played in plays for outcomes in played for outcome in outcomes):
            steps += 1
            if not outcome.ok:
                different += 1
                print(f"{shown(page.path)}:{outcome.line.number}: {outcome.line.text}")
                print(f"    expected: {outcome.expected}")
                print(f"    came:     {outcome.came}")
    return steps, different


def shown(path: Path) -> Path:
    """A path as it is written from here."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


if __name__ == "__main__":
    sys.exit(main())
