"""The words of a text as they are compared when somebody describes what happens: without endings, and without words
that say nothing. docs/assets/entries/terms.js does the same.

A stem is cut by rule, not looked up: `closing`, `closed` and `closes` are one word, `address` is not `addres`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence

from live_docs.entries.normal import PLACEHOLDER

WORD = re.compile(r"[A-Za-z0-9_]{2,}|\b[0-9]\b")
PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
"""`group_send` and `AuthMiddlewareStack` are their parts, too."""
HUMP = re.compile(r"_|[a-z][A-Z]")
VOWEL = re.compile(r"[aeiouy]")
ENDINGS = ("ing", "ed")
LITTLE = frozenset(
    re.findall(
        r"\w+",
        "about after again all also always am an and another any anyone are as at be because been before being but by"
        " can cannot could did do does doesn doing don down else even ever every for from get gets getting give given"
        " go goes going got had has have having help here how however if in into is isn issue it its just keep keeps"
        " like make makes many may me more most much must my need never no nobody not now of off on once only or our"
        " out over own please problem really same should so some something still such than that the their them then"
        " there these they thing this those though through to too tried try trying up us use used using ve very want"
        " wants was way we well were what when where whether which while who why will with without won work working"
        " works would yes yet you your",
    )
)
"""Words that say nothing of what somebody describes."""


def terms(text: str) -> list[str]:
    """Each word's stem, in the order in which they stand; of a name of several words, those as well."""
    found: list[str] = []
    for word in WORD.findall(PLACEHOLDER.sub(" ", text)):
        for part in [word, *(PART.findall(word) if HUMP.search(word) else ())]:
            small = part.lower()
            if (len(small) > 1 or small.isdigit()) and small not in LITTLE:
                found.append(stem(small))
    return found


def stem(word: str) -> str:
    """A word in small letters, without what differs between its forms."""
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ENDINGS:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 2 and VOWEL.search(rest):
            word = rest
            break
    if len(word) > 6:
        word = word.removesuffix("ion")
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeious0123456789":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


UNKNOWN = 8
"""A word that no entry has weighs as one that so many have."""


def rareness(own: Sequence[Collection[str]]) -> Callable[[str], float]:
    """What a word says, given those of each entry: the more, the fewer have it."""
    common = Counter(word for words in own for word in words)
    return lambda word: math.log(1 + len(own) / common.get(word, UNKNOWN))
