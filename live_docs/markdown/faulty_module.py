"""The faulty module of a mend: made of the module that runs by the mend's own solution, turned round.

So the solution is code that runs and is linted. Once the module has it no more, the fault fits no more, and says so.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from live_docs.notation.mend import Change

MARKER = re.compile(r"^[ \t]*# --8<-- \[.*\n", re.MULTILINE)
"""Where a section that a page includes begins or ends: no page prints that."""


def break_module(text: str, changes: Iterable[Change]) -> str:
    """The faulty module. Raises ValueError where the solution is not in the module, or is there more than once.

    docs/assets/live/editor/faulty.js does the same, in the page.
    """
    text = f"\n{text}"
    for change in changes:
        times = text.count(f"\n{change.right}")
        if times != 1:
            first = change.right.partition("\n")[0].strip()
            raise ValueError(f"the lines that begin with `{first}` stand {times} times in the module, not once")
        text = text.replace(f"\n{change.right}", f"\n{change.wrong}")
    return text[1:]


def excerpt(faulty: str, mended: str) -> str:
    """What a page prints of a faulty module: the statements that are to be changed, whole."""
    changed = list(changed_lines(faulty, mended))
    lines = faulty.splitlines(keepends=True)
    spans = [(first_line(node), node.end_lineno or node.lineno) for node in ast.parse(faulty).body]
    parts = [
        "".join(lines[first - 1 : last]) for first, last in spans if any(first <= line <= last for line in changed)
    ]
    return MARKER.sub("", "\n\n".join(parts)).rstrip("\n")


def first_line(node: ast.stmt) -> int:
    """Where a statement begins, its decorators included."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def changed_lines(faulty: str, mended: str) -> Iterator[int]:
    """The numbers of the lines of a faulty module that differ, and of those between which lines are missing."""
    matcher = SequenceMatcher(None, mended.splitlines(), faulty.splitlines(), autojunk=False)
    for tag, _, _, start, end in matcher.get_opcodes():
        if tag != "equal":
            yield from range(start + 1, end + 1) if end > start else (start, start + 1)
