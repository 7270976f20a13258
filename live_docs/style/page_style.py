"""What one page must have: front matter, headings, folded questions, challenges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from live_docs.markdown.pages import Page
from live_docs.notation.transcript import Problem
from live_docs.style.rules import PageRule, Rules

HEADING = re.compile(r"## +(.*?)(?: +\{.*\})?\s*")
DETAILS = re.compile(r"\s*\?\?\?\+? +(\w+)\b.*")


def check_page(page: Page, rules: Rules) -> list[Problem]:
    """Where a page breaks a rule for pages like it."""
    path = page.path.resolve()
    mine = [rule for rule in rules.pages if is_named(path, rules.root, rule.files)]
    return [problem for rule in mine for problem in broken(page, rule)]


def is_named(path: Path, root: Path, pattern: str) -> bool:
    """Whether a pattern, relative to the project's folder, names this file."""
    return path in root.glob(pattern)


def broken(page: Page, rule: PageRule) -> Iterator[Problem]:
    front_matter = page.front_matter
    for name in rule.front_matter:
        if not front_matter.get(name):
            message = f"the front matter has no {name}: write `{name}: …` between two lines `---` at the page's top"
            yield Problem(1, message)
    yield from check_headings(page, rule.headings)
    for kind, wanted in rule.details.items():
        found = [number for number, text in page.prose if (match := DETAILS.fullmatch(text)) and match[1] == kind]
        if len(found) != wanted:
            message = f'this page has {len(found)} `??? {kind}`: write {wanted}, each with its text: `??? {kind} "…"`'
            yield Problem(found[-1] if found else 1, message)
    if len(page.challenges) < rule.challenges and not page.problems:
        last = page.challenges[-1].line if page.challenges else 1
        message = f"this page has {len(page.challenges)} challenges: write {rule.challenges} or more, ```challenge"
        yield Problem(last, message)


def check_headings(page: Page, wanted: list[str]) -> Iterator[Problem]:
    """Each of these headings stands on the page, and stands there once."""
    found: dict[str, list[int]] = {}
    for number, text in page.prose:
        if match := HEADING.fullmatch(text):
            found.setdefault(match[1], []).append(number)
    for heading in wanted:
        lines = found.get(heading, [])
        if not lines:
            yield Problem(1, f"the heading `## {heading}` is missing: write it, with its section below it")
        elif len(lines) > 1:
            yield Problem(lines[1], f"the heading `## {heading}` stands {len(lines)} times: write it once")
