"""Whether two runs of a transcript went the same way, whatever the clock said.

What each sender sent stands in one order in every run. How two senders' messages fall between each other does not, nor
how two handlers that work beside each other do, nor what a clock says, or a browser of its version. So what is compared
is each lane of each connection, each way on its own, and each handler on its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from live_docs.recorded.runs import Happening

BY_NATURE = (
    (re.compile(r'"took": [\d.]+'), '"took": …'),
    (re.compile(r"took [\d.]+ ms"), "took … ms"),
    (re.compile(r'(\\*"(?:\w+_ms|\w+_kib|at|call)\\*": )[\d.,\[\] ]*[\d\]]'), r"\1…"),
    (re.compile(r"\bworker_\d+"), "worker_…"),
    (re.compile(r"\buntil=\d+"), "until=…"),
    (re.compile(r"Chrome/[\d.]+"), "Chrome/…"),
    (re.compile(r'\\*"[\w :;()/.?-]*\\*";v=\\*"\d+\\*"'), "brand"),
)
"""What is another in each run: times, how much a kernel takes, which thread it is, what a browser says of itself."""

WRAPPED = re.compile(r"""(?<=[^\\])(['"])\n\s+b?\1""")
"""Where Python breaks a long text in two."""

AROUND = 40
"""Characters that are shown around the place where two texts part."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Where two runs part: what came there in either, None for what did not come."""

    before: Happening | None
    now: Happening | None

    @property
    def words(self) -> str:
        """What moved, in one line."""
        if self.before is None or self.now is None:
            lane, what = (self.before or self.now or {})["lane"], (self.before or self.now or {})["what"]
            return f"{lane}: {what}: {'is new' if self.before is None else 'does not happen any more'}"
        before, now = self.before["what"], self.now["what"]
        if settled(before) == settled(now):
            before, now = parted(comparable(self.before), comparable(self.now))
        return f"{self.now['lane']}: {before} has become {now}"


def moved(before: list[Happening], now: list[Happening]) -> Iterator[Moved]:
    """The first difference of each lane, connection and way; none if both went the same way."""
    old, new = senders(before), senders(now)
    for thread in dict.fromkeys([*new, *old]):
        for one, other in zip_longest(old.get(thread, ()), new.get(thread, ())):
            if one is None or other is None or comparable(one) != comparable(other):
                yield Moved(one, other)
                break


Thread = tuple[str, str, str, str]


def threads(happened: list[Happening]) -> dict[Thread, list[Happening]]:
    """What happened by lane, client, connection and way, each in its order."""
    found: dict[Thread, list[Happening]] = {}
    for happening in happened:
        lane, client, connection, toward = (happening.get(n, "") for n in ("lane", "client", "connection", "toward"))
        way = happening["observed"].get("handler", "") if lane == "consumer" else toward
        found.setdefault((lane, client, connection, way), []).append(happening)
    return found


def senders(happened: list[Happening]) -> dict[tuple[Thread, bool], list[Happening]]:
    """The same, and requests apart: a response and what comes over a WebSocket beside it do not wait for each other."""
    found: dict[tuple[Thread, bool], list[Happening]] = {}
    for thread, one_after_the_other in threads(happened).items():
        for happening in one_after_the_other:
            over_http = happening["lane"] == "js" and happening["what"].startswith(("fetch(", "response "))
            found.setdefault((thread, over_http), []).append(happening)
    return found


def comparable(happening: Happening) -> str:
    """What there is to a happening besides when it was."""
    left_out = ("at", "toward", "crossing") if happening["lane"] == "consumer" else ("at",)
    there = {name: value for name, value in happening.items() if name not in left_out}
    if there.get("observed", {}).get("type") == "frame":
        text = bytes.fromhex(there["observed"]["payload"]).decode(errors="backslashreplace")
        there["observed"] = {**there["observed"], "payload": text, "length": 0}
    return settled(json.dumps(mapped(there, lambda text: WRAPPED.sub("", text)), ensure_ascii=False, sort_keys=True))


def settled(text: str) -> str:
    """A text without what is another in each run by nature."""
    for pattern, instead in BY_NATURE:
        text = pattern.sub(instead, text)
    return text


def mapped(value: Any, rewrite: Callable[[str], str]) -> Any:
    """A JSON value with each of its texts rewritten."""
    match value:
        case str():
            return rewrite(value)
        case list():
            return [mapped(item, rewrite) for item in value]
        case dict():
            return {name: mapped(item, rewrite) for name, item in value.items()}
        case _:
            return value


def parted(one: str, other: str) -> tuple[str, str]:
    """Two texts from a little before where they part."""
    pairs = enumerate(zip(one, other, strict=False))
    at = next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))
    start = max(at - AROUND, 0)
    return f"…{one[start : at + AROUND]}…", f"…{other[start : at + AROUND]}…"
