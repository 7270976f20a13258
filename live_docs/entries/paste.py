"""What was pasted, in the forms in which it is looked at, and how much each line of it says.
docs/assets/entries/paste.js does the same.
"""

from __future__ import annotations

import re
from functools import cached_property

from live_docs.entries.normal import Form, cleaned, form_of

LABEL = re.compile(r"^[\w.-]+ *\| ?")
"""What Docker puts before a line: `web-1  | `."""
FRAME_LINE = re.compile(r'\s*File "[^"]+", line [0-9]')
LAST_WORD, EARLIER_WORD, FRAME, LATER = 2.0, 1.5, 0.5, 0.1


class Paste:
    """What was pasted, in the forms in which it is looked at."""

    def __init__(self, pasted: str) -> None:
        self.clean = cleaned(pasted)
        self.lines = self.clean.split("\n")
        self.factors = factors(self.lines)

    @cached_property
    def apart(self) -> Form:
        return form_of(self.clean, apart=True)

    @cached_property
    def joined(self) -> Form:
        return form_of(self.clean, apart=False)

    @cached_property
    def last_word(self) -> int | None:
        """The line, counted from 1, that a traceback ends with; none if there is no traceback, or it is cut off."""
        return next((at + 1 for at, factor in enumerate(self.factors) if factor >= LAST_WORD), None)

    @property
    def is_cut(self) -> bool:
        """Whether it ends among the frames of a traceback: what was raised is missing."""
        said = [LABEL.sub("", line) for line in self.lines if line.strip()]
        if not any(map(FRAME_LINE.match, said)):
            return False
        return said[-1][0] in " \t" or FRAME_LINE.match(said[-1]) is not None

    def line_at(self, place: int) -> int:
        return self.clean.count("\n", 0, place)


def factors(lines: list[str]) -> list[float]:
    """How much each line counts."""
    counts, last, within = [1.0] * len(lines), -1, False
    for at, labelled in enumerate(lines):
        line = LABEL.sub("", labelled)
        if "Traceback (most recent call last)" in line:
            within = True
        elif within and line.strip():
            within = line[0] in " \t|+"
            counts[at] = FRAME if within else EARLIER_WORD
            last = last if within else at
    if last >= 0:
        counts[last] = LAST_WORD
    return [count * (1 + LATER * at / len(lines)) for at, count in enumerate(counts)]
