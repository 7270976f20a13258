"""The rules of a project, read from `[tool.live_docs]` in its pyproject.toml. A project without it has none.

    [tool.live_docs]
    docs = "docs"
    search_worker = "assets/search.js" # one that fetches search/documents.json itself: `pack` then keeps them apart

    kept_when_asked = "assets/big"    # `offline` keeps what is in this folder once a page has asked for some of it

    [[tool.live_docs.pages]]          # each page that one of these patterns names
    files = "docs/learn/*.md"
    front_matter = ["description"]    # names that must have a value
    headings = ["Sources"]            # each of them once, as `## Sources`
    details = { question = 3 }        # exactly so many `??? question "…"`
    challenges = 3                    # at least so many
    challenges_say_why = true         # each solution has a note: whoever has solved it is shown the notes
    mends = 2                         # at least so many
    footnotes_in_order = true         # their texts stand in the order in which a reader meets them, and is counted

    [[tool.live_docs.printed]]        # each of these files stands on some page, whole
    files = "app/examples/*.py"
    language = "python"
    longest = 130                     # lines
    imports = true                    # and so does what it imports of the project: see printed_imports.py

    [[tool.live_docs.code]]           # code on a page comes from a file that some pattern names (code_style.py)
    files = "app/examples/*.py"
    run_by = "tests/test_examples.py" # the file that runs it

    [tool.live_docs.counted]          # one page links to every other, and says how many challenges and mends each has:
    page = "docs/index.md"            # [WSGI](learn/wsgi.md){ data-challenges="5" }
    attribute = "data-challenges"

    [tool.live_docs.elsewhere]        # all lines that go differently on another server, written out to a file whose
    file = "includes/elsewhere.md"    # sections this page includes, each with the reason
    page = "docs/reference/your-server.md"

    [tool.live_docs.recorded]         # how each transcript once went: a file for each page, below this folder, which
    folder = "docs/recorded"          # `record` writes. It plays them with the widget's modules, against this server
    widget = "docs/assets/live"
    server = "sandbox_server"

    [tool.live_docs.entries]          # error messages as data: live_docs/entries/entry.py
    folder = "docs/symptoms/entries"  # the page of an area stands beside it, under the area's name
    file = "docs/assets/entries/entries.json" # what `entries` writes for the box and the search

    [[tool.live_docs.sections]]       # of llms.txt: a heading, and the pages that are named under it
    heading = "Learn"
    files = "docs/learn/*.md"

Patterns and paths are relative to the folder of pyproject.toml.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar


class RulesError(ValueError):
    """Rules that cannot be read: the file, what is wrong, and what may be written."""


@dataclass(frozen=True, slots=True)
class PageRule:
    """What some pages must have."""

    files: str
    front_matter: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    details: dict[str, int] = field(default_factory=dict)
    challenges: int = 0
    challenges_say_why: bool = False
    mends: int = 0
    footnotes_in_order: bool = False


@dataclass(frozen=True, slots=True)
class PrintedRule:
    """Files that some page must print whole, how many lines they may have, and whether it prints what they import."""

    files: str
    language: str
    longest: int
    imports: bool = False


@dataclass(frozen=True, slots=True)
class CodeRule:
    """Files that something runs, so that a page may print them."""

    files: str
    run_by: str


@dataclass(frozen=True, slots=True)
class CountedRule:
    """The page that says of every other how many challenges and mends it has, and in which attribute of its link."""

    page: str
    attribute: str


@dataclass(frozen=True, slots=True)
class ElsewhereRule:
    """The file of all lines that go differently elsewhere, and the page that includes it, section by section."""

    file: str
    page: str


@dataclass(frozen=True, slots=True)
class RecordedRule:
    """The folder of recorded runs, the widget that plays them, and the module that is the server."""

    folder: str
    widget: str
    server: str


@dataclass(frozen=True, slots=True)
class EntriesRule:
    """The folder of error messages, and the file that is looked into."""

    folder: str
    file: str


@dataclass(frozen=True, slots=True)
class SectionRule:
    """A heading of llms.txt, and the pages under it."""

    heading: str
    files: str


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of the project in the folder `root`."""

    root: Path
    docs: Path
    pages: list[PageRule] = field(default_factory=list)
    printed: list[PrintedRule] = field(default_factory=list)
    code: list[CodeRule] = field(default_factory=list)
    counted: CountedRule | None = None
    elsewhere: ElsewhereRule | None = None
    recorded: RecordedRule | None = None
    entries: EntriesRule | None = None
    sections: list[SectionRule] = field(default_factory=list)
    search_worker: str = ""
    kept_when_asked: str = ""


Rule = TypeVar(
    "Rule", PageRule, PrintedRule, CodeRule, CountedRule, ElsewhereRule, RecordedRule, EntriesRule, SectionRule
)


def find_rules(docs: Path) -> Rules:
    """The rules of the project around a folder of pages, or around one page. Raises RulesError."""
    for folder in docs.resolve().parents:
        config = folder / "pyproject.toml"
        if config.is_file():
            table = tomllib.loads(config.read_text(encoding="utf-8")).get("tool", {}).get("live_docs")
            return read_rules(config, table) if table is not None else Rules(folder, docs.resolve())
    return Rules(docs.resolve().parent, docs.resolve())


def read_rules(config: Path, table: dict[str, Any]) -> Rules:
    """Rules from the table `[tool.live_docs]`."""
    known = (
        *("docs", "pages", "printed", "code", "counted", "elsewhere", "recorded", "entries", "sections"),
        *("search_worker", "kept_when_asked"),
    )
    if unknown := sorted(set(table) - set(known)):
        raise RulesError(f"{config}: [tool.live_docs] has no `{unknown[0]}`: write {', '.join(known)}")
    if "docs" not in table:
        raise RulesError(f'{config}: [tool.live_docs] names no folder of pages: write docs = "docs"')
    counted, elsewhere, recorded, entries = (
        table.get(name) for name in ("counted", "elsewhere", "recorded", "entries")
    )
    return Rules(
        config.parent,
        config.parent / table["docs"],
        [read_rule(config, "pages", PageRule, rule) for rule in table.get("pages", [])],
        [read_rule(config, "printed", PrintedRule, rule) for rule in table.get("printed", [])],
        [read_code_rule(config, rule) for rule in table.get("code", [])],
        read_rule(config, "counted", CountedRule, counted) if counted else None,
        read_rule(config, "elsewhere", ElsewhereRule, elsewhere) if elsewhere else None,
        read_rule(config, "recorded", RecordedRule, recorded) if recorded else None,
        read_rule(config, "entries", EntriesRule, entries) if entries else None,
        [read_rule(config, "sections", SectionRule, rule) for rule in table.get("sections", [])],
        table.get("search_worker", ""),
        table.get("kept_when_asked", ""),
    )


def read_code_rule(config: Path, table: dict[str, Any]) -> CodeRule:
    """A rule for code. What runs it must be there, and so must be what it runs."""
    rule = read_rule(config, "code", CodeRule, table)
    for name in (rule.files, rule.run_by):
        if not any(config.parent.glob(name)):
            raise RulesError(f"{config}: [tool.live_docs.code]: there is no {name}")
    return rule


def read_rule(config: Path, name: str, kind: type[Rule], table: dict[str, Any]) -> Rule:
    """One rule, whose names must be those of its kind."""
    known = [part.name for part in fields(kind)]
    if unknown := sorted(set(table) - set(known)):
        raise RulesError(f"{config}: [tool.live_docs.{name}] has no `{unknown[0]}`: write {', '.join(known)}")
    try:
        return kind(**table)
    except TypeError as error:
        raise RulesError(f"{config}: [tool.live_docs.{name}]: {error}") from None
