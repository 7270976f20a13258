"""Faults to be mended: each fits the module that runs, and what it makes of that is Python."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from live_docs.markdown.faulty_module import break_module
from live_docs.markdown.pages import Page
from live_docs.notation.transcript import Problem


def check_mends(page: Page, root: Path) -> Iterator[Problem]:
    """Where a fault does not fit its module any more, or where there is no such module."""
    for fence in page.mends:
        file = root / fence.file
        if not file.is_file():
            yield Problem(fence.line, f"there is no {fence.file}: name the module that runs, from the project's folder")
            continue
        text = file.read_text(encoding="utf-8")
        for change in fence.mend.changes:
            try:
                text = break_module(text, [change])
                compile(text, fence.file, "exec")
            except ValueError as error:
                message = f"this is not what runs: in {fence.file}, {error}. Write the lines as they stand there"
                yield Problem(change.number, message)
                break
            except SyntaxError as error:
                yield Problem(change.number, f"with this fault {fence.file} is no Python: {error}")
                break
