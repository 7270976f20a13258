"""Every mend of the pages, played from Python on Daphne: against the server as it is, and with the module faulty."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from live_docs.notation.transcript import Transcript
from live_docs.player.play import play
from testing.mends import Fault, faults
from testing.ports import reserved_port
from testing.program import Program, launch
from testing.project import ORIGIN, ROOT

PACKAGES = ("contract", "handed_out", "sandbox_server")
FAULTS = list(faults())


def differs(transcript: Transcript, server: str) -> tuple[int | None, str]:
    """The number of the line that went differently, and what came; None and nothing if none did."""
    wrong = [outcome for outcome in play(transcript, server, ORIGIN) if not outcome.ok]
    return (wrong[0].line.number, wrong[0].came) if wrong else (None, "")


def test_each_transcript_goes_as_written_with_the_module_that_runs(sandbox: Program) -> None:
    """Which is the mended one."""
    ends = {fault.where: differs(fault.fence.mend.transcript, sandbox.url) for fault in FAULTS}
    assert {where: end for where, end in ends.items() if end != (None, "")} == {}


@pytest.mark.long
@pytest.mark.program
@pytest.mark.parametrize("fault", [pytest.param(fault, id=f"{fault.page}:{fault.fence.line}") for fault in FAULTS])
def test_each_fault_fails_where_its_page_says(fault: Fault, tmp_path: Path) -> None:
    """On a server whose code is this site's, but for the one module."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "tests"))
    (tmp_path / fault.fence.file).write_text(fault.faulty, encoding="utf-8")
    port = reserved_port()
    program = launch(
        ["sandbox_server", f"--port={port}"],
        tmp_path / "log.txt",
        f"http://127.0.0.1:{port}",
        tmp_path,
        DATABASE_URL=f"sqlite:///{tmp_path / 'db.sqlite3'}",
        SANDBOX_ORIGINS=ORIGIN,
        PYTHONPATH=os.pathsep.join((str(tmp_path), str(ROOT))),
    )
    try:
        program.wait_until_it_answers()
        assert fault.verdict(*differs(fault.fence.mend.transcript, program.url)) == ""
    finally:
        program.end()
