"""What stands between a fence's first line and its last, read once, however often a build asks for it.

A build reads each fence where it stands in its file, to say what is wrong, and again where superfences hands it
over, to print it. The same text has the same meaning, so it is parsed the first time only. Lines count from the
fence's own first line, 1; `moved` counts them as the file does.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from live_docs.notation.challenge import Challenge, parse_challenge
from live_docs.notation.elsewhere import Elsewhere
from live_docs.notation.mend import Mend, parse_mend
from live_docs.notation.transcript import Line, Problem, Transcript, TranscriptError, parse

KEPT = 2048
"""So many readings of each kind are remembered: more than a site has fences."""

Reading = TypeVar("Reading", Transcript, Challenge, Mend)


@lru_cache(KEPT)
def read_transcript(body: str) -> Transcript | TranscriptError:
    """The transcript of a live fence, or what is wrong with it."""
    try:
        return parse(body)
    except TranscriptError as error:
        return error


@lru_cache(KEPT)
def read_challenge(body: str) -> Challenge | TranscriptError:
    """The challenge of a challenge fence, or what is wrong with it."""
    try:
        return parse_challenge(body)
    except TranscriptError as error:
        return error


@lru_cache(KEPT)
def read_mend(body: str) -> Mend | TranscriptError:
    """What a mend fence has to be mended, or what is wrong with the fence."""
    try:
        return parse_mend(body)
    except TranscriptError as error:
        return error


def moved(reading: Reading, by: int) -> Reading:
    """The same, its lines numbered as many lines further down."""
    if isinstance(reading, Transcript):
        return Transcript(move_lines(reading.lines, by))
    if isinstance(reading, Mend):
        changes = tuple(replace(change, number=change.number + by) for change in reading.changes)
        failing = replace(reading.failing, number=reading.failing.number + by, line=reading.failing.line + by)
        return replace(reading, changes=changes, transcript=moved(reading.transcript, by), failing=failing)
    return replace(reading, goal=move_lines(reading.goal, by), solution=moved(reading.solution, by))


def move_lines(lines: tuple[Line, ...], by: int) -> tuple[Line, ...]:
    return tuple(replace(line, number=line.number + by, elsewhere=move_elsewhere(line, by)) for line in lines)


def move_elsewhere(line: Line, by: int) -> tuple[Elsewhere, ...]:
    return tuple(replace(there, number=there.number + by) for there in line.elsewhere)


def problems_of(error: TranscriptError, by: int) -> list[Problem]:
    """What is wrong, numbered as many lines further down."""
    return [Problem(problem.line + by, problem.message) for problem in error.problems]
