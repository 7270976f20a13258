"""`python -m live_docs serve`: the sandbox server beside a command that serves the pages, whichever it is."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from live_docs.serving import beside as serving
from live_docs.serving.sandbox_server import SandboxServer
from testing.ports import reserved_port
from testing.program import START_SECONDS, Program, start, wait_until

pytestmark = pytest.mark.program


def beside(serve: Path, *command: str) -> Program:
    """Run it in the project's folder beside a command, at a port of its own."""
    port = reserved_port()
    return start(
        ["live_docs", "serve", "sandbox_server", "--", *command],
        serve / "log.txt",
        f"http://127.0.0.1:{port}/",
        SANDBOX_PORT=str(port),
        DATABASE_URL=f"sqlite:///{serve / 'db.sqlite3'}",
    )


def children_of(process: subprocess.Popen[bytes]) -> list[int]:
    tasks = Path(f"/proc/{process.pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def test_both_halves_end_together(tmp_path: Path) -> None:
    """The generator's server runs beside a sandbox server that answers; told to end, neither is left behind."""
    program = beside(tmp_path, sys.executable, "-m", "http.server", str(reserved_port()))
    wait_until(lambda: len(children_of(program.process)) == 2, "both children", program.said)
    children = children_of(program.process)
    assert program.end() == 128 + signal.SIGTERM
    wait_until(lambda: not any(Path(f"/proc/{child}").exists() for child in children), f"{children} to be gone")
    assert "Traceback" not in program.said()


@pytest.fixture
def handlers() -> Iterator[None]:
    """What this process does at the two signals is put back."""
    before = {number: signal.getsignal(number) for number in serving.ENDS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("handlers")
def test_a_signal_in_the_moment_of_the_start_leaves_nobody_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told to end when the generator runs and nobody knows of it yet, it is ended like any other."""
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start_and_be_told(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        started.append(popen(*arguments, **options))
        os.kill(os.getpid(), signal.SIGTERM)
        return started[0]

    monkeypatch.setattr(SandboxServer, "start", lambda server: None)
    monkeypatch.setattr(subprocess, "Popen", start_and_be_told)
    with pytest.raises(SystemExit) as told:
        serving.serve_beside("sandbox_server", [sys.executable, "-c", "import signal; signal.pause()"], 0, tmp_path)
    assert told.value.code == 128 + signal.SIGTERM
    assert started[0].poll() == -signal.SIGTERM


def test_the_generator_is_told_the_port_and_its_status_is_passed_on(tmp_path: Path) -> None:
    """mkdocs.yml reads it; a generator that ends by itself takes the sandbox server down."""
    words = "import os, sys; print('port', os.environ['SANDBOX_PORT'], flush=True); sys.exit(3)"
    program = beside(tmp_path, sys.executable, "-c", words)
    assert program.process.wait(START_SECONDS) == 3
    (port,) = re.findall(r"^port (\d+)$", program.said(), re.MULTILINE)
    assert f":{port}/" in program.url
