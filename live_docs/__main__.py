"""The commands, which need no generator, whichever it is.

`python -m live_docs check docs/` says where pages are not written as they should be; with `--server`, where they lie.
`explain` says what a log on its standard input is about. The others: `entries`, `code`, `elsewhere`, `record`, `serve`,
`bundle`, `markdown`, `pack`, `offline`, `compress`, `policy` and `compare`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from live_docs.as_markdown.site import write_markdown
from live_docs.built.bundle_package import bundle_package
from live_docs.built.compress import compress
from live_docs.built.esbuild import PackError
from live_docs.built.offline import OfflineError, make_worker
from live_docs.built.pack import pack
from live_docs.built.policy import PolicyError, policy_of
from live_docs.built.search import split_index
from live_docs.built.widgets import check_built, compare
from live_docs.checking import check_style, list_code, play_all, playable
from live_docs.entries.entry import EntryError
from live_docs.entries.explain import explain
from live_docs.entries.known import known
from live_docs.entries.paste import Paste
from live_docs.markdown.elsewhere_list import list_elsewhere
from live_docs.markdown.pages import read_pages
from live_docs.notation.elsewhere import SERVERS
from live_docs.serving.beside import serve_beside
from live_docs.serving.sandbox_server import PORT
from live_docs.style.rules import RulesError, find_rules


def main(arguments: list[str] | None = None) -> int:
    """Run the command line. Returns the exit status: 1 if anything is wrong, 2 if nothing could be done."""
    parser = read_command_line()
    options = parser.parse_args(arguments)
    for folder in ("docs", "site", "other"):
        if (path := getattr(options, folder, None)) is not None and not path.exists():
            parser.error(f"{path} does not exist")
    if getattr(options, "on", None) and not options.server:
        parser.error("--on says what answers at --server: name both")
    try:
        status: int = options.run(options)
    except (RulesError, PackError, OfflineError, PolicyError, EntryError) as error:
        parser.error(str(error))
    return status


def read_command_line() -> argparse.ArgumentParser:
    """What may be asked for, and what does it."""
    parser = argparse.ArgumentParser("python -m live_docs")
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("check", help="how the pages are written and, with --server, whether they are true")
    command.add_argument("docs", type=Path, help="a folder of Markdown pages, or one page")
    command.add_argument("--server", metavar="URL", help="play every transcript against it: http://127.0.0.1:8001")
    command.add_argument(
        "--origin", default="http://127.0.0.1:8000", help="the page to speak for (default: %(default)s)"
    )
    command.add_argument(
        "--on", choices=SERVERS, help="what --server runs, if it is not the pages' own: lines go as `@NAME` says"
    )
    command.add_argument("--site", type=Path, help="a site built of them: each fence must be a widget there")
    command.set_defaults(run=run_check)
    command = commands.add_parser("code", help="what code the pages show, and what runs it")
    command.add_argument("docs", type=Path, help="a folder of Markdown pages, or one page")
    command.set_defaults(run=run_code)
    command = commands.add_parser("elsewhere", help="write the list of all lines that go differently elsewhere")
    command.add_argument("docs", type=Path, help="the folder of all pages")
    command.set_defaults(run=run_elsewhere)
    command = commands.add_parser("explain", help="what a log is about: python -m live_docs explain < log.txt")
    command.add_argument("--docs", type=Path, default=Path("docs"), help="whose entries to ask (default: %(default)s)")
    command.set_defaults(run=run_explain)
    command = commands.add_parser("entries", help="write the error messages for the box and the search of the pages")
    command.add_argument("docs", type=Path, help="the folder of all pages")
    command.set_defaults(run=run_entries)
    command = commands.add_parser("record", help="play every transcript in a browser, and keep how it went")
    command.add_argument("docs", type=Path, help="a folder of Markdown pages, or one page")
    command.add_argument("--check", action="store_true", help="keep nothing: say what goes otherwise than it is kept")
    command.set_defaults(run=run_record)
    command = commands.add_parser("serve", help="the sandbox server beside any command that serves the pages")
    command.add_argument("module", help="run as `python -m MODULE`; started anew when its code changes")
    command.add_argument("command", nargs="+", metavar="-- COMMAND", help="what serves the pages, such as mkdocs serve")
    command.set_defaults(run=run_serve)
    command = commands.add_parser("pack", help="make the modules and style sheets of a built site few and small")
    command.add_argument("site", type=Path)
    command.add_argument("--docs", type=Path, default=Path("docs"), help="built from (default: %(default)s)")
    command.set_defaults(run=run_pack)
    command = commands.add_parser("markdown", help="put each page as Markdown, and llms.txt, into a built site")
    command.add_argument("site", type=Path)
    command.add_argument("--docs", type=Path, default=Path("docs"), help="built from (default: %(default)s)")
    command.set_defaults(run=run_markdown)
    command = commands.add_parser("offline", help="a service worker for a built site: it can be read without a network")
    command.add_argument("site", type=Path, help="packed already: each file is kept as it is now")
    command.add_argument("--docs", type=Path, default=Path("docs"), help="built from (default: %(default)s)")
    command.set_defaults(run=run_offline)
    command = commands.add_parser("compress", help="each file of a built site by Brotli and by gzip, beside it: last")
    command.add_argument("site", type=Path)
    command.add_argument("--docs", type=Path, default=Path("docs"), help="built from (default: %(default)s)")
    command.set_defaults(run=run_compress)
    command = commands.add_parser("policy", help="the Content-Security-Policy that a built site can be served with")
    command.add_argument("site", type=Path)
    command.add_argument("servers", nargs="*", metavar="URL", help="asked by the pages beside their own: an origin")
    command.set_defaults(run=run_policy)
    command = commands.add_parser("bundle", help="what a module imports of npm packages, as one file for pages")
    command.add_argument("entry", type=Path)
    command.add_argument("file", type=Path, help="written only if it has changed")
    command.set_defaults(run=run_bundle)
    command = commands.add_parser("compare", help="the widgets of a site with those of another build of the same pages")
    command.add_argument("site", type=Path)
    command.add_argument("other", type=Path)
    command.add_argument("--docs", type=Path, default=Path("docs"), help="built from (default: %(default)s)")
    command.set_defaults(run=run_compare)
    return parser


def run_check(options: argparse.Namespace) -> int:
    """`check`: read all pages, and with --server play all that is on them."""
    rules = find_rules(options.docs)
    pages = list(read_pages(options.docs))
    transcripts = sum(len(playable(page, options.on)) for page in pages)
    wrong = check_style(pages, rules, whole=options.docs.resolve() == rules.docs)
    for message in check_built(options.docs, options.site) if options.site else ():
        wrong += 1
        print(message)
    print(f"{len(pages)} pages, {transcripts} transcripts read, {wrong} mistakes")
    if options.server:
        steps, different = play_all(pages, options.server, options.origin, options.on)
        print(f"{transcripts} transcripts, {steps} steps, {different} wrong")
        return 1 if wrong or different or not transcripts else 0
    return 1 if wrong or not pages else 0


def run_code(options: argparse.Namespace) -> int:
    """`code`: one line for each block."""
    return list_code(list(read_pages(options.docs)), find_rules(options.docs))


def run_elsewhere(options: argparse.Namespace) -> int:
    """`elsewhere`: into the file that the rules name."""
    rules = find_rules(options.docs)
    if rules.elsewhere is None:
        raise RulesError("pyproject.toml names no file for it: see live_docs/style/rules.py")
    written = list_elsewhere(list(read_pages(options.docs)), rules.docs, rules.root / rules.elsewhere.page)
    (rules.root / rules.elsewhere.file).write_text(written, encoding="utf-8")
    return 0


def run_explain(options: argparse.Namespace) -> int:
    """`explain`: 1 if nothing is known of what stands on the standard input."""
    pasted = sys.stdin.read()
    lines = explain(known_entries(options.docs), pasted)
    print(*lines or ["None of the entries is about this."], sep="\n")
    if Paste(pasted).is_cut:
        print("The traceback is cut off: its last line says most. Paste that, too.")
    return 0 if lines else 1


def run_entries(options: argparse.Namespace) -> int:
    """`entries`: into the file that the rules name, if it would be another."""
    rules = find_rules(options.docs)
    text = json.dumps(known_entries(options.docs), ensure_ascii=False, separators=(",", ":"))
    file = rules.root / (rules.entries.file if rules.entries else "")
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return 0


def known_entries(docs: Path) -> list[dict[str, Any]]:
    """The entries of the project around a folder of pages, as they are looked into."""
    rules = find_rules(docs)
    if rules.entries is None:
        raise RulesError("pyproject.toml names no folder of entries: see live_docs/style/rules.py")
    return known(rules.root / rules.entries.folder, rules.root, rules.docs)


def run_record(options: argparse.Namespace) -> int:
    """`record`: into the folder that the rules name. With --check, 1 if anything goes otherwise than it says there."""
    from live_docs.recording.record import record  # needs Playwright, which nothing else here does

    report = record(list(read_pages(options.docs)), find_rules(options.docs), write=not options.check)
    print(*report.said, report.summary, sep="\n")
    return 1 if report.wrong or (options.check and report.said) else 0


def run_serve(options: argparse.Namespace) -> int:
    """`serve`: both halves, until one is told to end."""
    return serve_beside(options.module, options.command, int(os.environ.get("SANDBOX_PORT") or PORT), Path.cwd())


def run_pack(options: argparse.Namespace) -> int:
    """`pack`: in place."""
    rules = find_rules(options.docs)
    packed = pack(options.site, rules.docs, rules.root)
    if rules.search_worker:
        split_index(options.site)
    print(f"{packed.files} modules and sheets packed, {packed.before // 1024} KiB before, {packed.after // 1024} after")
    return 0


def run_markdown(options: argparse.Namespace) -> int:
    """`markdown`: beside the pages."""
    print(f"{write_markdown(find_rules(options.docs), options.site)} pages as Markdown, and llms.txt")
    return 0


def run_offline(options: argparse.Namespace) -> int:
    """`offline`: in place."""
    size = make_worker(options.site, find_rules(options.docs).kept_when_asked)
    print(f"{size / 1e6:.1f} MB are kept for reading without a network")
    return 0


def run_compress(options: argparse.Namespace) -> int:
    """`compress`: in place."""
    done = compress(options.site, find_rules(options.docs).root)
    before, br, gz = (f"{size / 1e6:.1f} MB" for size in (done.before, done.br, done.gz))
    print(f"{done.files} files of {before} compressed: {br} by Brotli, {gz} by gzip")
    return 0


def run_policy(options: argparse.Namespace) -> int:
    """`policy`: the header's value, for whatever serves the site."""
    print(policy_of(options.site, options.servers))
    return 0


def run_bundle(options: argparse.Namespace) -> int:
    """`bundle`: with the packages of the folder in which it is run."""
    bundle_package(options.entry, options.file, Path.cwd())
    return 0


def run_compare(options: argparse.Namespace) -> int:
    """`compare`: one line for each difference."""
    different = list(compare(options.docs, options.site, options.other))
    print(*different, f"{len(different)} widgets differ", sep="\n")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
