"""`python -m live_docs check docs/ --server URL`: play every transcript of every page, and say what differs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from live_docs.markdown.pages import Page, read_pages
from live_docs.player.play import play


def main(arguments: list[str] | None = None) -> int:
    """Run the command line. Returns the exit status: 1 if anything differs or cannot be read."""
    parser = argparse.ArgumentParser("python -m live_docs")
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("check", help="play every transcript of every page against a running server")
    command.add_argument("docs", type=Path, help="a folder of Markdown pages, or one page")
    command.add_argument("--server", required=True, metavar="URL", help="such as http://127.0.0.1:8001")
    command.add_argument(
        "--origin", default="http://127.0.0.1:8000", help="the page to speak for (default: %(default)s)"
    )
    options = parser.parse_args(arguments)
    if not options.docs.exists():
        parser.error(f"{options.docs} does not exist")
    return check(read_pages(options.docs), options.server, options.origin)


def check(pages: Iterable[Page], server: str, origin: str) -> int:
    """Play the transcripts of some pages; print each difference as doctest would."""
    played = steps = wrong = 0
    for page in pages:
        for problem in page.problems:
            wrong += 1
            print(f"{page.path}:{problem.line}: {problem.message}")
        for transcript in page.transcripts:
            played += 1
            for outcome in play(transcript, server, origin):
                steps += 1
                if not outcome.ok:
                    wrong += 1
                    print(f"{page.path}:{outcome.line.number}: {outcome.line.text}")
                    print(f"    expected: {outcome.expected}")
                    print(f"    came:     {outcome.came}")
    print(f"{played} transcripts, {steps} steps, {wrong} wrong")
    return 1 if wrong or not played else 0


if __name__ == "__main__":
    sys.exit(main())
