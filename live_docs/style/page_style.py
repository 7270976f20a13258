"""What one page must have: front matter, headings, folded questions, challenges, faults to be mended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from live_docs.markdown.pages import Page
from live_docs.notation.transcript import Problem
from live_docs.style.rules import PageRule, Rules

HEADING = re.compile(r"## +(.*?)(?: +\{.*\})?\s*")
FOOTNOTE = re.compile(r"\[\^([^\]]+)\](:?)")
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
    if len(page.mends) < rule.mends and not page.problems:
        last = page.mends[-1].line if page.mends else 1
        yield Problem(last, f"this page has {len(page.mends)} mends: write {rule.mends} or more, ```mend")
    if rule.challenges_say_why:
        for challenge in page.challenges:
            if not any(line.notes for line in challenge.challenge.solution.lines):
                message = "this solution does not say why it is one: write a note, `# …`, above one of its lines"
                yield Problem(challenge.line, message)
    if rule.footnotes_in_order:
        yield from check_footnotes(page)


def check_footnotes(page: Page) -> Iterator[Problem]:
    """Markdown numbers footnotes as their texts stand: a reader is to meet 1 before 2."""
    met: list[str] = []
    texts: dict[str, int] = {}
    for number, text in page.prose:
        for match in FOOTNOTE.finditer(text):
            if match.start() == 0 and match[2]:
                texts[match[1]] = number
            elif match[1] not in met:
                met.append(match[1])
    for text_name, wanted in zip(texts, (name for name in met if name in texts), strict=False):
        if text_name != wanted:
            message = (
                f"a reader meets the footnote [^{wanted}] before [^{text_name}]: let their texts stand in that order"
            )
            yield Problem(texts[text_name], message)
            return


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
