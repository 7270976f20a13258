"""What is compared: a text without what differs from one terminal to the next. JavaScript's is entries/normal.js.

Colours, quotation marks, capitals and spaces go; so a message that a terminal has wrapped, even within a word, is the
same. A text of an entry becomes a regular expression that both languages read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
PLAIN = {
    "\r\n": "\n", "\r": "\n", "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u00b4": "'", "\u201c": '"', "\u201d": '"',
    "\u201e": '"', "\u00ab": '"', "\u00bb": '"', "\u00a0": " ", "\u200b": " ", "\u2026": "...",
}  # fmt: skip
SKIPPED = " \t\f\v'\"`"
SPECIAL = re.compile(r"[.*+?^${}()|\[\]\\/-]")
PLACEHOLDER = re.compile(r"(\{(?:[a-z_]+|\*)\})")
BETWEEN = "{*}"
"""The placeholder of whole lines."""
OWN_WORDS = "[^\\n]{0,200}?"
LINES = r"[\s\S]{0,20000}?"


def cleaned(pasted: str) -> str:
    """A paste with plain quotes, spaces and line ends, and no colours."""
    text = ANSI.sub("", pasted)
    for odd, plain in PLAIN.items():
        text = text.replace(odd, plain)
    return text


def lowered(char: str) -> str:
    """In small letters, if it is one of ASCII's: for others the languages differ."""
    return char.lower() if char.isascii() else char


@dataclass(frozen=True, slots=True)
class Form:
    """A text as it is compared, and where in the cleaned one each character of it stands."""

    text: str
    at: list[int]


def form_of(clean: str, apart: bool) -> Form:
    """`apart`: with its line ends, which nobody's own words go beyond."""
    kept = [
        (lowered(char), place) for place, char in enumerate(clean) if char not in SKIPPED and (apart or char != "\n")
    ]
    return Form("".join(char for char, _ in kept), [place for _, place in kept])


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text of an entry, to be looked for: a regular expression, and how much of it is not the reader's own words."""

    source: str
    weight: int
    opens: bool
    """Anything may stand before it: it begins with a placeholder."""
    ends: bool


def pattern_of(text: str) -> Pattern:
    """The pattern of a text with placeholders."""
    parts = [part for part in PLACEHOLDER.split(text) if part]
    opens, ends = bool(PLACEHOLDER.fullmatch(parts[0])), bool(PLACEHOLDER.fullmatch(parts[-1]))
    parts = parts[opens : len(parts) - ends]
    source, weight = "", 0
    for part in parts:
        if PLACEHOLDER.fullmatch(part):
            source += LINES if part == BETWEEN else OWN_WORDS
        else:
            literal = form_of(cleaned(part), apart=False).text
            source += SPECIAL.sub(r"\\\g<0>", literal)
            weight += len(literal)
    return Pattern(source, weight, opens, ends)
