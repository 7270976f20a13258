"""Why the pattern of a route does not match a path, in a sentence that a reader can check by eye.

A pattern is a row of pieces: literal text, and captures. As many of them as can are matched from the left, each by its
own regular expression; the sentence is about the first that cannot, or about what the last one leaves over. A piece
is written as in the source, between backticks. It knows what this site's own patterns are made of, and no more: in a
regular expression `^`, `$`, literal text, and groups without further parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls.resolvers import RoutePattern

WANTS = {
    "[0-9]+": "digits from 0 to 9",
    "[-a-zA-Z0-9_]+": "ASCII letters, digits, hyphens and underscores",
    "[^/]+": "anything but a slash",
    ".+": "anything, slashes too, but no line end",
    r"\d+": "digits of any script",
    r"\w+": "letters and digits of any script, and underscores",
}
"""What a capture takes, by its regular expression. Each takes one character at least."""


@dataclass(frozen=True)
class Piece:
    """A part of a pattern."""

    written: str
    regex: str
    wants: str = ""
    """In words; empty for literal text."""


def pieces(pattern: Any) -> Iterator[Piece]:
    """Take a pattern apart: `path` at its converters, `re_path` at its groups."""
    text = str(pattern)
    if isinstance(pattern, RoutePattern):
        for part in filter(None, re.split(r"(<[^>]+>)", text)):
            if part[0] == "<":
                regex = pattern.converters[part.strip("<>").rpartition(":")[2]].regex
                yield Piece(part, regex, WANTS[regex])
            else:
                yield Piece(part, re.escape(part))
    else:
        for part in filter(None, re.split(r"(\([^)]*\))", text.removeprefix("^").removesuffix("$"))):
            regex = re.sub(r"^\((\?P<\w+>)?|\)$", "", part)
            yield Piece(part, part, WANTS[regex]) if part[0] == "(" else Piece(part, part)


def why_not(pattern: Any, path: str, what: str = "the path") -> str:
    """The sentence for a pattern that does not match; `what` is compared: the path, or what an outer route left."""
    text = str(pattern)
    if text.startswith("/"):
        return f"it begins with a slash, and {what} is compared without one"
    parts = list(pieces(pattern))
    start = held_at_the_start_by(pattern)
    count, end = longest_run(parts, "^" if start else "", path)
    rest = path[end:]
    if count == len(parts):
        return f"`{rest}` is left over, and the pattern wants {what} to end" if rest else f"it does not match {what}"
    piece = parts[count]
    if piece.wants:
        return capture_fails(piece, rest, what)
    if count == 0 and piece.written in path:
        return f"{what} has `{piece.written}` further on, and {start}"
    if count == 0 and not start:
        return f"`{piece.written}` is nowhere in {what}"
    if count and rest[:1] not in ("", piece.written[0]):
        return capture_stops(parts[count - 1], path, end)
    if not path:
        return f"{what} is empty, and `{piece.written}` should be there"
    if rest + "/" == piece.written and piece is parts[-1]:
        return f"{what} ends before the last `/`: a trailing slash is missing"
    return literal_fails(piece.written, path[:end], rest, what)


def left_alone(pattern: Any, path: str) -> str:
    """What a pattern that matches has not looked at: only a regular expression can leave anything out."""
    found = pattern.regex.search(path)
    before, after = path[: found.start()], path[found.end() :]
    unseen = [f"`{before}` in front" * bool(before), f"`{after}` at the end" * bool(after)]
    words = " and ".join(filter(None, unseen))
    return f"it matches, and nobody looks at {words}" if words else "it matches all of it"


def longest_run(parts: list[Piece], start: str, path: str) -> tuple[int, int]:
    """How many pieces, from the left, can be matched together, and where in the path the last of them ends."""
    for count in range(len(parts), 0, -1):
        found = re.search(start + "".join(piece.regex for piece in parts[:count]), path)
        if found:
            return count, found.end()
    return 0, 0


def held_at_the_start_by(pattern: Any) -> str:
    """Why a pattern must match from the first character on; empty if it need not."""
    text = str(pattern)
    if isinstance(pattern, RoutePattern):
        return "`path` wants it at the start"
    if text.startswith("^"):
        return "`^` wants it at the start"
    if text.endswith("$") and pattern._is_endpoint:
        return "a pattern that ends with `$` has to match from the start"
    return ""


def capture_fails(piece: Piece, rest: str, what: str) -> str:
    """Not one character is what the capture wants."""
    if not rest:
        return f"{what} ends where `{piece.written}` should be: {piece.wants}"
    segment = rest.partition("/")[0]
    found = f"there is `{segment}`" if segment else "there is nothing before the slash"
    return f"`{piece.written}` wants {piece.wants}, and {found}"


def capture_stops(piece: Piece, path: str, end: int) -> str:
    """The capture has taken some characters and cannot take the next one, which the pattern does not want either."""
    begin = path.rfind("/", 0, end) + 1
    segment = path[begin:].partition("/")[0]
    return f"`{piece.written}` wants {piece.wants}, and stops at `{path[end]}` in `{segment}`"


def literal_fails(literal: str, before: str, rest: str, what: str) -> str:
    """Literal text is wanted and something else is there, or nothing. Compared from one slash to the next."""
    missing = literal.removeprefix(rest)
    if not rest or (missing != literal and "/" in (rest[-1], missing[0])):
        return f"{what} ends where `{missing}` should follow"
    both = zip(*(re.findall("[^/]*/|[^/]+", text) for text in (literal, rest)), strict=False)
    for wanted, found in both:
        if wanted != found:
            place = f"come after `{before}`" if before else f"be at the start of {what}"
            return f"`{wanted}` should {place}, and there is `{found}`"
        before += found
    return f"it does not match {what}"
