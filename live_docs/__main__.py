"""The commands, which need no generator, whichever it is: `python -m live_docs check | serve | pack | compare`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from live_docs.built.pack import PackError, pack
from live_docs.built.search import split_index
from live_docs.built.widgets import check_built, compare
from live_docs.markdown.pages import Page, read_pages
from live_docs.player.play import play
from live_docs.serving.beside import serve_beside
from live_docs.style.page_style import check_page
from live_docs.style.rules import Rules, RulesError, find_rules
from live_docs.style.site_style import check_site


def main(arguments: list[str] | None = None) -> int:
    """Run the command line. Returns the exit status: 1 if anything is wrong, 2 if nothing could be done."""
    parser = argparse.ArgumentParser("python -m live_docs")
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("check", help="how the pages are written and, with --server, whether they are true")
    command.add_argument("docs", type=Path, help="a folder of Markdown pages, or one page")
    command.add_argument("--server", metavar="URL", help="play every transcript against it: http://127.0.0.1:8001")
    command.add_argument(
        "--origin", default="http://127.0.0.1:8000", help="the page to speak for (default: %(default)s)"
    )
    command.add_argument("--site", type=Path, help="a site built of them: each fence must be a widget there")
    command.set_defaults(run=run_check)
    command = commands.add_parser("serve", help="the sandbox server beside any command that serves the pages")
    command.add_argument("module", help="run as `python -m MODULE`; started anew when its code changes")
    command.add_argument("command", nargs="+", metavar="-- COMMAND", help="what serves the pages, such as mkdocs serve")
    command.set_defaults(run=run_serve)
    command = commands.add_parser("pack", help="make the modules and style sheets of a built site few and small")
    command.add_argument("site", type=Path)
    command.add_argument("--docs", type=Path, default=Path("docs"), help="built from (default: %(default)s)")
    command.set_defaults(run=run_pack)
    command = commands.add_parser("compare", help="the widgets of a site with those of another build of the same pages")
    command.add_argument("site", type=Path)
    command.add_argument("other", type=Path)
    command.add_argument("--docs", type=Path, default=Path("docs"), help="built from (default: %(default)s)")
    command.set_defaults(run=run_compare)
    options = parser.parse_args(arguments)
    for folder in ("docs", "site", "other"):
        if (path := getattr(options, folder, None)) is not None and not path.exists():
            parser.error(f"{path} does not exist")
    try:
        status: int = options.run(options)
    except (RulesError, PackError) as error:
        parser.error(str(error))
    return status


def run_check(options: argparse.Namespace) -> int:
    """`check`: read all pages, and with --server play all that is on them."""
    rules = find_rules(options.docs)
    pages = list(read_pages(options.docs))
    transcripts = sum(len(page.transcripts) for page in pages)
    wrong = check_style(pages, rules, whole=options.docs.resolve() == rules.docs)
    for message in check_built(options.docs, options.site) if options.site else ():
        wrong += 1
        print(message)
    print(f"{len(pages)} pages, {transcripts} transcripts read, {wrong} mistakes")
    if options.server:
        steps, different = play_all(pages, options.server, options.origin)
        print(f"{transcripts} transcripts, {steps} steps, {different} wrong")
        return 1 if wrong or different or not transcripts else 0
    return 1 if wrong or not pages else 0


def run_serve(options: argparse.Namespace) -> int:
    """`serve`: both halves, until one is told to end."""
    return serve_beside(options.module, options.command, int(os.environ.get("SANDBOX_PORT", "8001")), Path.cwd())


def run_pack(options: argparse.Namespace) -> int:
    """`pack`: in place."""
    rules = find_rules(options.docs)
    packed = pack(options.site, rules.docs, rules.root)
    if rules.search_worker:
        split_index(options.site)
    print(f"{packed.files} modules and sheets packed, {packed.before // 1024} KiB before, {packed.after // 1024} after")
    return 0


def run_compare(options: argparse.Namespace) -> int:
    """`compare`: one line for each difference."""
    different = list(compare(options.docs, options.site, options.other))
    print(*different, f"{len(different)} widgets differ", sep="\n")
    return 1 if different else 0


def check_style(pages: list[Page], rules: Rules, whole: bool) -> int:
    """Print what cannot be read and what breaks a rule, one line each; how many. `whole`: these are all the pages."""
    found = [(page.path, problem) for page in pages for problem in [*page.problems, *check_page(page, rules)]]
    if whole:
        found += check_site(pages, rules)
    for path, problem in found:
        print(f"{shown(path)}:{problem.line}: {problem.message}")
    return len(found)


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
