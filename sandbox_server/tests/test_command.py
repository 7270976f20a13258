"""`python -m sandbox_server` as a program: a port that is taken, and how it ends."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from testing.ports import reserved_port
from testing.program import START_SECONDS, start_sandbox_server

pytestmark = pytest.mark.program


def test_a_taken_port_is_one_clear_line_and_an_exit_status(root: Path) -> None:
    """No traceback: the line says which port, and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "sandbox_server", f"--port={port}"]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=START_SECONDS)
    assert done.returncode == 1
    assert done.stderr == f"Cannot listen on 127.0.0.1:{port}: Address already in use. Choose another with --port.\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(["sandbox_server", "--port=0"], "Sandbox server"), (["sandbox_server.tests.stage"], "Stage")],
    ids=["the server", "the stage"],
)
def test_it_takes_a_free_port_and_says_which(root: Path, tmp_path: Path, arguments: list[str], says: str) -> None:
    """Whoever starts it reads the line and need not guess a port; from then on it answers there."""
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}
    command = [sys.executable, "-m", *arguments]
    with subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        try:
            line = re.fullmatch(says + r" on (http://127\.0\.0\.1:(\d+))\n", program.stdout.readline())
            assert line is not None
            assert int(line[2]) > 0
            with urllib.request.urlopen(line[1], timeout=START_SECONDS) as answer:
                assert answer.status == 200
        finally:
            program.terminate()


def test_sigterm_ends_it(tmp_path: Path) -> None:
    """It leaves by itself, and without a traceback."""
    program = start_sandbox_server(tmp_path)
    program.end()
    assert "Traceback" not in program.said()


def test_it_leaves_when_its_lifeline_closes(root: Path, tmp_path: Path) -> None:
    """A parent that is killed leaves no orphan: the pipe's other end closes with it."""
    end, lifeline = os.pipe()
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}
    command = [sys.executable, "-m", "sandbox_server", f"--port={reserved_port()}", f"--lifeline={end}"]
    child = subprocess.Popen(command, cwd=root, env=environment, pass_fds=[end], stdout=subprocess.PIPE)
    os.close(end)
    assert child.stdout is not None
    assert child.stdout.readline().startswith(b"Sandbox server on")
    os.close(lifeline)
    assert child.wait(START_SECONDS) in (0, -signal.SIGTERM)
    child.stdout.close()
