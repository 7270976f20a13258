"""Blanks: `closed [?4401?]` is the line `closed 4401`, of which the reader first says what they expect.

The answer stays part of the line, so what a reader is asked, what they are shown, and what the tests play are one
text. Without JavaScript, and on paper, the answer is printed.
"""

from __future__ import annotations

import re

BLANK = re.compile(r"\[\?(.+?)\?\]")

Span = tuple[int, int]
"""From which character of a line to which it is a blank."""


def take_blanks(text: str) -> tuple[str, tuple[Span, ...]]:
    """The line as it is played, and where in it the blanks are. Raises ValueError for one that cannot be filled in."""
    plain, spans, at = "", [], 0
    for blank in BLANK.finditer(text):
        plain += text[at : blank.start()]
        spans.append((len(plain), len(plain) + len(blank[1])))
        plain += blank[1]
        at = blank.end()
    plain += text[at:]
    word = len(plain.partition(" ")[0])
    if "[?" in plain or any(start <= word for start, _ in spans):
        raise ValueError(f"`{text}`: a blank stands after a line's first word, as in `closed [?4401?]`")
    return plain, tuple(spans)
