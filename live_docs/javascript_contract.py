"""Writes out, for the widget, what crosses from Python to JavaScript: `python -m live_docs.javascript_contract FILE`.

The steps come from `live_docs.notation.steps`, what is observed and how it is asked for from `contract`. Types become
JSDoc, which tsc holds the widget to; sets, patterns and figures become constants. A test compares the file.
"""

from __future__ import annotations

import json
import sys
import types
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints, is_typeddict

from contract import events, observation
from live_docs.notation import steps

PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}
HEADER = """\
/**
 * What crosses from Python to JavaScript. Written by `make contract` from contract/ and live_docs/notation/steps.py:
 * change it there. `at`, `page_time`, `server_time`, `took` and `ms` are milliseconds.
 *
"""
RENAMED = {events.AsgiEvent: "AsgiEventObserved", events.Raised: "RaisedObserved"}
"""Both halves have an event and an exception: in the notation, and as observed. JavaScript has one file for both."""


def main() -> None:
    """Write the file that is named."""
    Path(sys.argv[1]).write_text(contract(), encoding="utf-8")


def contract() -> str:
    """The whole module."""
    lines = [
        *(step_typedef(step) for step in members(steps.Step)),
        *(union(name, getattr(steps, name)) for name in ("ClientStep", "StatusStep", "ObserverStep", "Step")),
        typed_dict(events.AsgiMessage),
        typed_dict(events.Told),
        *(event_typedef(event) for event in members(events.Observed)),
        union("Observed", events.Observed),
        *(typed_dict(message) for message in (events.Ready, events.Clock, events.Lost)),
        f'@typedef {{{{kind: "observed", events: Observed[]}}}} Happened {first_sentence(events.Happened)}',
        union("Message", events.Message),
    ]
    return HEADER + "".join(f" * {line}\n" for line in lines) + " */\n\n" + constants()


def constants() -> str:
    """Sets of steps, patterns and figures."""
    sets = {
        "OBSERVER_STEPS": ("Steps that only an observer of the server's half is told.", steps.ObserverStep),
        "SERVER_STEPS": ("Steps that the server's half shows: they have an order of their own.", steps.ServerStep),
    }
    text = ""
    for name, (words, kinds) in sets.items():
        listed = ", ".join(f'"{step.do}"' for step in members(kinds))
        text += f"/** {words} @type {{ReadonlySet<string>}} */\nexport const {name} = new Set([{listed}]);\n\n"
    figures = ("SERVER", "PARAMETER", "OVER", "STEP_PATIENCE_MS", "HANDSHAKE_PATIENCE_MS")
    for name in figures:
        value = getattr(observation, name)
        text += f"export const {name} = {json.dumps(value)};\n"
    return text


def members(kinds: Any) -> tuple[Any, ...]:
    """The classes of a union; of a class, itself."""
    return get_args(kinds) or (kinds,)


def step_typedef(step: type[steps.Described]) -> str:
    """A step as `describe()` describes it."""
    hints = get_type_hints(step)
    parts = [f'do: "{step.do}"', *(f"{field.name}: {javascript(hints[field.name])}" for field in fields(step))]
    if any(bytes in get_args(hints[field.name]) for field in fields(step)):
        parts.append("binary: boolean")
    return f"@typedef {{{{{', '.join(parts)}}}}} {step.__name__} {first_sentence(step)}"


def event_typedef(event: type[events.Event]) -> str:
    """An event as `describe()` describes it, and what is told with it."""
    hints = get_type_hints(event)
    own = (f"{field.name}: {javascript(hints[field.name])}" for field in fields(event))
    parts = ", ".join([f'lane: "{event.lane}"', f'type: "{event.type}"', *own])
    return f"@typedef {{Told & {{{parts}}}}} {name_of(event)} {first_sentence(event)}"


def typed_dict(kind: Any) -> str:
    parts = ", ".join(f"{name}: {javascript(hint)}" for name, hint in get_type_hints(kind).items())
    return f"@typedef {{{{{parts}}}}} {kind.__name__} {first_sentence(kind)}"


def union(name: str, kinds: Any) -> str:
    return f"@typedef {{{' | '.join(map(name_of, members(kinds)))}}} {name}"


def name_of(kind: type) -> str:
    return RENAMED.get(kind, kind.__name__)


def first_sentence(kind: Any) -> str:
    return " ".join((kind.__doc__ or "").split("\n\n")[0].split()).split(". ")[0].rstrip(".") + "."


def javascript(hint: Any) -> str:
    """A Python type in TypeScript's words; bytes cross as hexadecimal."""
    origin = get_origin(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if origin is Literal:
        return " | ".join(f'"{value}"' for value in get_args(hint))
    if origin is types.UnionType:
        return " | ".join(dict.fromkeys(javascript(kind) for kind in get_args(hint) if kind is not bytes))
    if origin in (list, tuple):
        return f"{javascript(get_args(hint)[0])}[]"
    if is_typeddict(hint):
        return str(hint.__name__)
    raise TypeError(f"{hint} has no counterpart in JavaScript yet: add it to live_docs/javascript_contract.py")


if __name__ == "__main__":
    main()
