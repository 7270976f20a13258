"""Reads a transcript that a reader has written, by the notation's own parser: there is no second one in JavaScript."""

from __future__ import annotations

import json
from typing import Any

from live_docs.notation.spoken import SPOKEN
from live_docs.notation.transcript import Line, TranscriptError, parse


def read(text: str) -> str:
    """`{"lines": […], "problems": [{"line", "message"}]}` as JSON; no lines where there is any problem."""
    try:
        lines = [described(line) for line in parse(text).lines]
    except TranscriptError as error:
        problems = [{"line": problem.line, "message": problem.message} for problem in error.problems]
        return json.dumps({"lines": [], "problems": problems})
    return json.dumps({"lines": lines, "problems": []})


def described(line: Line) -> dict[str, Any]:
    """A line as the page prints it: what it says, and how that is said; and as it plays it."""
    return {
        "number": line.number,
        "text": line.text,
        "spoken": SPOKEN.get(line.text.partition(" ")[0], ""),
        "client": line.client,
        "notes": line.notes,
        "step": line.step.describe(),
    }
