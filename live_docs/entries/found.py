"""What is found for a paste."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that is meant: by which line, counted from 1, and which of its texts."""

    entry: int
    how: str
    """`text`: the text is there. `nearly`: most of its words are. `words`: the entry has most of what was described.
    `guess`: it has some of it."""

    line: int
    came: str
    text: str
    score: float
    whole: bool = False
    """Of a text: it is all that the line says."""
