"""A program's log beside what a page prints of it."""

from __future__ import annotations

import re


def missing(text: str, log: str) -> list[str]:
    """Of what a page prints of a log, the lines that are not in it in that order; `...` stands for what differs."""
    said = iter(log.splitlines())
    patterns = {line: re.escape(line).replace(re.escape("..."), ".*") for line in text.splitlines()}
    return [line for line, pattern in patterns.items() if not any(re.fullmatch(pattern, other) for other in said)]
