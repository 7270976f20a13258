"""What was expected against what came.

A text that begins with `{` or `[` is JSON and is compared as JSON: spaces and the order of keys do not
count, types do. `...` stands for anything, as in doctest: within a string for any characters, as a
value for any value, as the last thing in `{}` or `[]` for whatever else there is. `${name}` captures what stands in
its place; see live_docs/notation/captures.py.

The widget has the same rules in docs/assets/live/notation/matching.js; both are held to
live_docs/tests/matching_cases.json.
"""

from __future__ import annotations

import json
import re
from typing import Any

from live_docs.notation.captures import CAPTURED, NAME

ANYTHING = "\x00..."
"""Stands for a bare `...` once the JSON around it has been read: no JSON text can hold this string bare."""

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\.\.\.|[\[\]{}:,]|[^\s"\[\]{}:,]+', re.DOTALL)


WILD = re.compile(rf"(\.\.\.|{NAME.pattern})")

Captures = dict[str, str]


def match(expected: str, got: str) -> Captures | None:
    """What was captured from the text that came, or None if it is not the text that was expected."""
    captures: Captures = {}
    if expected[:1] in ("{", "["):
        try:
            pattern = json.loads(spell_out(expected))
        except ValueError:
            return captures if matches_text(expected, got, captures) else None
        try:
            return captures if matches_value(pattern, json.loads(got), captures) else None
        except ValueError:
            return None
    return captures if matches_text(expected, got, captures) else None


def matches_text(expected: str, got: str, captures: Captures) -> bool:
    """Characters against characters, `...` for any run of them; what is captured twice must be the same twice."""
    pattern, at, seen = "", 0, set()
    for wild in WILD.finditer(expected):
        name = wild[2]
        pattern += re.escape(expected[at : wild.start()])
        if name is None:
            pattern += ".*"
        else:
            pattern += f"(?P={name})" if name in seen else f"(?P<{name}>{CAPTURED})"
            seen.add(name)
        at = wild.end()
    found = re.fullmatch(pattern + re.escape(expected[at:]), got, re.DOTALL)
    if found is None:
        return False
    return all(captures.setdefault(name, text) == text for name, text in found.groupdict().items())


def spell_out(expected: str) -> str:
    """The JSON with each bare `...` turned into something that JSON can say."""
    out: list[str] = []
    inside: list[str] = []
    previous = ""
    for token in TOKEN.findall(expected):
        if token in "{[":
            inside.append(token)
        elif token in "}]" and inside:
            inside.pop()
        if token == "...":
            word = json.dumps(ANYTHING)
            is_member = inside[-1:] == ["{"] and previous in ("{", ",")
            out.append(f"{word}: null" if is_member else word)
        else:
            out.append(token)
        previous = token
    return "".join(out)


def matches_value(pattern: Any, value: Any, captures: Captures) -> bool:
    """One JSON value against another; numbers are numbers, but `true` is not 1 and `"42"` is not 42."""
    if pattern == ANYTHING:
        return True
    if isinstance(pattern, dict):
        wanted = {key: item for key, item in pattern.items() if key != ANYTHING}
        return (
            isinstance(value, dict)
            and all(key in value and matches_value(item, value[key], captures) for key, item in wanted.items())
            and (ANYTHING in pattern or len(wanted) == len(value))
        )
    if isinstance(pattern, list):
        open_ended = pattern[-1:] == [ANYTHING]
        wanted_items = pattern[:-1] if open_ended else pattern
        return (
            isinstance(value, list)
            and (len(value) >= len(wanted_items) if open_ended else len(value) == len(wanted_items))
            and all(matches_value(item, came, captures) for item, came in zip(wanted_items, value, strict=False))
        )
    if isinstance(pattern, str):
        return isinstance(value, str) and matches_text(pattern, value, captures)
    return isinstance(value, bool) == isinstance(pattern, bool) and bool(pattern == value)
