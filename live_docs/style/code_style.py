"""Code that a page shows: each block is included from files that something runs, or says in its fence why it is not.

    ```python { data-not-run="it shows what is wrong" }

What is typed into a page ages unseen. Which files are run, and by what, a project says in `[[tool.live_docs.code]]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from live_docs.markdown.fence_header import OPTIONS
from live_docs.markdown.pages import Fence, Page
from live_docs.notation.transcript import Problem
from live_docs.style.rules import Rules

INCLUDE = re.compile(r'--8<-- "(?P<file>[^":]+)(?::(?P<section>[\w-]+))?"')
NOT_RUN = re.compile(r'\{[^}]*\bdata-not-run="(?P<reason>[^"]*)"[^}]*\}')
TEXT = ("", "text")
"""The languages of what is no code."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Some code on a page: the line of its fence, what it is, and by what it is run or why it is not."""

    line: int
    what: str
    run_by: str


def files_that_run(rules: Rules) -> dict[Path, str]:
    """Each file that is run, and by what. Of two entries that name a file, the later one wins."""
    return {path: rule.run_by for rule in rules.code for path in rules.root.glob(rule.files) if path.is_file()}


def check_code(page: Page, rules: Rules, running: dict[Path, str]) -> Iterator[Problem]:
    """Code that nothing runs, and that does not say so. A project that names no files that run has no such rule."""
    if rules.code:
        for found in read_code(page, rules.root, running):
            if isinstance(found, Problem):
                yield found


def read_code(page: Page, root: Path, running: dict[Path, str]) -> Iterator[Shown | Problem]:
    """What each fence of a page shows that is neither a transcript nor a challenge nor mere text."""
    for fence in page.fences:
        if fence.language in OPTIONS or fence.language in TEXT:
            continue
        if match := NOT_RUN.search(fence.info):
            yield read_reason(fence, match["reason"].strip())
        else:
            yield from read_includes(fence, root, running)


def read_reason(fence: Fence, reason: str) -> Shown | Problem:
    """A block that is not to be run."""
    if not reason:
        return Problem(fence.line, 'data-not-run says no reason: write data-not-run="it shows what is wrong"')
    return Shown(fence.line, f"{fence.language}, typed", f"not run: {reason}")


def read_includes(fence: Fence, root: Path, running: dict[Path, str]) -> Iterator[Shown | Problem]:
    """A block that is to be run: each of its lines includes a file, or a section of one."""
    for number, text in enumerate(fence.body.splitlines(), fence.line + 1):
        if not text.strip():
            continue
        match = INCLUDE.fullmatch(text.strip())
        if match is None:
            message = (
                "this code is typed into the page, where nothing runs it: include it from a file that runs, "
                f'--8<-- "…", or say why it is not run, ```{fence.language} {{ data-not-run="…" }}'
            )
            yield Problem(number, message)
            return
        if (root / match["file"]) in running:
            section = f", {match['section']}" if match["section"] else ""
            yield Shown(number, match["file"] + section, running[root / match["file"]])
        else:
            yield Problem(
                number, f"nothing runs {match['file']}: name it, and what runs it, in [[tool.live_docs.code]]"
            )
