"""`python -m live_docs check docs/`: where pages are not written as they should be; with `--server`, where they lie."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from live_docs.markdown.pages import Page, read_pages
from live_docs.notation.transcript import Problem
from live_docs.player.play import play
from live_docs.style.code_style import check_code, files_that_run, read_code
from live_docs.style.page_style import check_page
from live_docs.style.rules import Rules, RulesError, find_rules
from live_docs.style.site_style import check_site


def main(arguments: list[str] | None = None) -> int:
    """Run the command line. Returns the exit status: 1 if anything is wrong, 2 if nothing could be checked."""
    parser = argparse.ArgumentParser("python -m live_docs")
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("check", help="how the pages are written and, with --server, whether they are true")
    command.set_defaults(list_code=False)
    command.add_argument("docs", type=Path, help="a folder of Markdown pages, or one page")
    command.add_argument("--server", metavar="URL", help="play every transcript against it: http://127.0.0.1:8001")
    command.add_argument(
        "--origin", default="http://127.0.0.1:8000", help="the page to speak for (default: %(default)s)"
    )
    command = commands.add_parser("code", help="what code the pages show, and what runs it")
    command.add_argument("docs", type=Path, help="a folder of Markdown pages, or one page")
    command.set_defaults(server=None, list_code=True)
    options = parser.parse_args(arguments)
    if not options.docs.exists():
        parser.error(f"{options.docs} does not exist")
    try:
        rules = find_rules(options.docs)
    except RulesError as error:
        parser.error(str(error))
    pages = list(read_pages(options.docs))
    if options.list_code:
        return list_code(pages, rules)
    transcripts = sum(len(page.transcripts) for page in pages)
    wrong = check_style(pages, rules, whole=options.docs.resolve() == rules.docs)
    print(f"{len(pages)} pages, {transcripts} transcripts read, {wrong} mistakes")
    if options.server:
        steps, different = play_all(pages, options.server, options.origin)
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


def play_all(pages: list[Page], server: str, origin: str) -> tuple[int, int]:
    """Play all transcripts; print each difference as doctest would. How many steps were played, how many differed."""
    steps = different = 0
    for page in pages:
        for transcript in page.transcripts:
            for outcome in play(transcript, server, origin):
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
