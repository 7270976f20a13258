"""Captures: `${room}` in a line stands for whatever stood there in the server's answer that named it first.

    POST /rooms/
    = 200 {"room": "${room}"}
    connect /ws/rooms/${room}/

What is captured is one or more characters without white space, quotes and backslashes, so that it can be put into
a path or into JSON as it is. docs/assets/live/notation/captures.js is the same for the browser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from live_docs.notation.steps import AsgiEvent, Closed, Described, Raised, Receive, Response, Step

NAME = re.compile(r"\$\{([a-z][a-z0-9_]*)\}")
CAPTURED = r'[^\s"\\]+'

CLAIMS = (Receive, Response, Closed, Raised, AsgiEvent)
"""The steps whose words are held against what the server says, and so may capture something of it."""


AnyStep = TypeVar("AnyStep", bound=Described)


def fill(step: AnyStep, known: Mapping[str, str]) -> AnyStep:
    """The step with everything in place that has been captured by now."""
    filled: dict[str, Any] = {
        name: fill_text(value, known) if isinstance(value, str) else tuple(fill_text(text, known) for text in value)
        for name, value in captures_of(step).items()
    }
    return replace(step, **filled) if filled else step


def fill_text(text: str, known: Mapping[str, str]) -> str:
    return NAME.sub(lambda match: known.get(match[1], match[0]), text)


def names_in(step: Step) -> set[str]:
    """The names that a step mentions."""
    return {name for value in captures_of(step).values() for name in NAME.findall(" ".join(value_texts(value)))}


def captures_of(step: Described) -> dict[str, str | tuple[str, ...]]:
    """Those of the step's fields that are text, or several texts, with a capture in it."""
    values = {field.name: getattr(step, field.name) for field in fields(step)}
    return {name: value for name, value in values.items() if any("${" in text for text in value_texts(value))}


def value_texts(value: object) -> tuple[str, ...]:
    """The text that a field has, the texts of which it is a list, or nothing."""
    if isinstance(value, str):
        return (value,)
    return value if isinstance(value, tuple) else ()
