"""The cases to which both players are held: what a transcript says, what the server does, and what must be told of it.

They stand in player_cases.json. A case's `server` is what `testing.stage` is told, for all connections or by the name
in `/stage/NAME/`. `line` is the number of the line that must differ, or null if all is as written; `came` is what must
be said to have come, in the notation's own patterns; where the players cannot see the same, it is given for each. `on`
says that the stage is to be taken for another server, such as `daphne`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from live_docs.notation.matching import match
from live_docs.notation.transcript import Transcript, parse
from live_docs.player.play import play

STAGE = re.compile(r"/stage/(\w*)/?")
AT_ONCE = 16


@dataclass(frozen=True)
class Case:
    """One transcript, and how its play must end."""

    says: str
    transcript: Transcript
    line: dict[str, int | None]
    came: dict[str, str]
    only: str
    on: str | None
    """The server that the pages call so, where lines go as they say of that one. Only Python plays it."""

    hangs: bool
    """Whether a handshake is left without an answer: a browser opens its WebSockets to one host in turn."""

    def verdict(self, player: str, line: int | None, came: str) -> str:
        """Empty if a player told what it had to; else what is wrong."""
        wanted, at = self.came[player], self.line[player]
        if line == at and (line is None or match(wanted, came) is not None):
            return ""
        return f"{self.says}: line {at} ({wanted}) must differ, but line {line} did ({came})"


def read_cases(player: str) -> list[Case]:
    """The cases that a player can play."""
    listed = json.loads(Path(__file__).with_name("player_cases.json").read_text())
    cases = [read_case(entry) for entry in listed]
    return [case for case in cases if case.only in ("", player)]


def read_case(entry: dict[str, Any]) -> Case:
    server = entry.get("server", [])
    acts = server if isinstance(server, dict) else {"": server}

    def told(path: re.Match[str]) -> str:
        return f"/stage/{path[1]}/?do={quote(json.dumps(acts[path[1]]), safe='')}"

    source = "\n".join(STAGE.sub(told, line) for line in entry["transcript"])
    line, came = for_each(entry["line"]), for_each(entry.get("came", ""))
    hangs = '"silence"' in json.dumps(server)
    on: str | None = entry.get("on")
    only = "python" if on else entry.get("only", "")
    return Case(entry["says"], parse(source), line, came, only, on, hangs)


def for_each(value: Any) -> dict[str, Any]:
    """What holds for each player."""
    return value if isinstance(value, dict) else {"python": value, "browser": value}


def play_in_python(cases: list[Case], server: str, origin: str) -> Iterator[str]:
    """Play cases beside each other; what is wrong with each, empty where nothing is, as they end."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        plays = [pool.submit(verdict_of, case, server, origin) for case in cases]
        try:
            for done in as_completed(plays):
                yield done.result()
        finally:
            pool.shutdown(cancel_futures=True)


def verdict_of(case: Case, server: str, origin: str) -> str:
    wrong = [outcome for outcome in play(case.transcript, server, origin, case.on) if not outcome.ok]
    return case.verdict("python", wrong[0].line.number if wrong else None, wrong[0].came if wrong else "")


def for_the_browser(cases: list[Case]) -> list[list[dict[str, Any]]]:
    """The cases' lines as the widget reads them."""
    return [described(case.transcript) for case in cases]


def described(transcript: Transcript) -> list[dict[str, Any]]:
    """A transcript's lines as the widget reads them."""
    return [{"number": line.number, "client": line.client, "step": line.step.describe()} for line in transcript.lines]
