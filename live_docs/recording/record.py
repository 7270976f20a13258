"""Which transcripts are recorded, what is kept of an earlier recording, and what is said of either."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser

from live_docs.markdown.pages import Page
from live_docs.notation.transcript import Transcript
from live_docs.recorded.compared import Moved, moved
from live_docs.recorded.runs import Run, file_of, key_of, read_runs, written
from live_docs.recording.browser import Played, Stage, chromium, play
from live_docs.serving.sandbox_server import SandboxServer
from live_docs.style.rules import Rules, RulesError

QUIET_MS = (250.0, 1000.0, 4000.0)
"""How long it must be silent after a run. What differs on a busy machine is played again, with more patience."""


@dataclass(slots=True)
class Report:
    """What came of a recording: the lines to print, and how many runs were kept, new or otherwise than before."""

    kept: int = 0
    new: int = 0
    moved: int = 0
    wrong: int = 0
    said: list[str] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """All of it in one line."""
        return f"{self.kept} runs as recorded, {self.moved} otherwise, {self.new} new, {self.wrong} not as written"


def record(pages: list[Page], rules: Rules, write: bool) -> Report:
    """Play all that is on the pages, and keep it where `write` says so; else only say what is no longer so."""
    if rules.recorded is None:
        raise RulesError("pyproject.toml names no folder for it: see live_docs/style/rules.py")
    report = Report()
    folder = rules.root / rules.recorded.folder
    stage = Stage(rules.root / rules.recorded.widget)
    os.environ["SANDBOX_ORIGINS"] = stage.origin
    server = SandboxServer(rules.root, rules.recorded.server, 0)
    try:
        server.start()
        stage.sandbox_port = server.port
        with chromium() as browser:
            for page in pages:
                file = file_of(page.path, rules.docs, folder)
                runs = dict(runs_of(page, read_runs(file), browser, stage, report))
                if write:
                    keep(file, runs)
    finally:
        server.stop()
        stage.end()
    return report


def runs_of(
    page: Page, before: dict[str, Run], browser: Browser, stage: Stage, report: Report
) -> Iterator[tuple[str, Run]]:
    """The run of each transcript of a page: the one that it had where that is still how it goes."""
    for key, transcript in {key_of(transcript): transcript for transcript in page.transcripts}.items():
        old = before.get(key)
        for quiet in QUIET_MS if old else QUIET_MS[1:]:
            played = play(browser, stage, transcript, quiet)
            differences = list(moved(old.happened, played.happened)) if old else []
            if not differences and not played.wrong:
                break
        if played.wrong:
            report.wrong += 1
            line, came = played.wrong
            report.said.append(f"{page.path}:{line.number}: {line.text}: came {came}: not recorded")
        elif old and not differences:
            report.kept += 1
            yield key, old
        else:
            report.new += not old
            report.moved += bool(old)
            report.said += [f"{page.path}:{differs(transcript, played, each)}" for each in differences]
            if not old:
                report.said.append(f"{page.path}:{transcript.lines[0].number}: recorded for the first time")
            yield key, Run(date.today().isoformat(), played.versions, played.happened)


def differs(transcript: Transcript, played: Played, difference: Moved) -> str:
    """At which line of the page, and what."""
    at = (difference.now or difference.before or {})["at"]
    line = played.line_at(transcript, at)
    return f"{line.number}: {line.text}: {difference.words}"


def keep(file: Path, runs: dict[str, Run]) -> None:
    """Write a page's file, if it says anything new; remove it where there is nothing to be kept."""
    if not runs:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(written(runs), encoding="utf-8")
