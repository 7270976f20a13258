"""What tests of every room need: the real sandbox server, started once, and the project's folder."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
START_SECONDS = 30
LOOK_AGAIN_SECONDS = 0.05
ORIGIN = "http://127.0.0.1:8000"


def pytest_configure(config: pytest.Config) -> None:
    """Both browsers, unless the command line names some. Ctrl-C for those that tests start, even if a shell that runs
    the tests in the background has had it ignored.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if not config.option.browser:
        config.option.browser = ["chromium", "firefox"]


@dataclass
class Program:
    """A program that a test started, and where it writes what it says."""

    process: subprocess.Popen[bytes]
    log: Path
    url: str = ""

    def said(self) -> str:
        return self.log.read_text()

    def wait_until_it_answers(self) -> None:
        """Wait for any HTTP answer; show what the program said if it ends before."""
        wait_until(lambda: self.process.poll() is not None or self.answers(), f"an answer from {self.url}")
        if self.process.returncode is not None:
            raise RuntimeError(f"ended with status {self.process.returncode}:\n{self.said()}")

    def answers(self) -> bool:
        try:
            urllib.request.urlopen(self.url, timeout=1).close()
        except urllib.error.HTTPError:
            return True
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return False
        return True

    def wait_until_it_says(self, words: str, times: int = 1) -> None:
        """Wait until the program has printed some words, that many times."""
        wait_until(lambda: self.said().count(words) >= times, f"{words!r}, {times} times", self.said)

    def end(self) -> int:
        """SIGTERM, and the exit status."""
        self.process.terminate()
        return self.process.wait(START_SECONDS)


def wait_until(condition: Callable[[], bool], what: str, said: Callable[[], str] = str) -> None:
    """Look again and again until a condition holds, at most START_SECONDS."""
    deadline = time.monotonic() + START_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError(f"not within {START_SECONDS} s: {what}\n{said()}")
        time.sleep(LOOK_AGAIN_SECONDS)


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def start(arguments: list[str], log: Path, url: str, **environment: str) -> Program:
    """Start a Python module as a program and wait until it answers."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment}
    with log.open("wb") as out:
        command = [sys.executable, "-m", *arguments]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
    program = Program(process, log, url)
    program.wait_until_it_answers()
    return program


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The real sandbox server on Daphne, with a database of its own."""
    folder = tmp_path_factory.mktemp("sandbox")
    port = free_port()
    program = start(
        ["sandbox_server", f"--port={port}"],
        folder / "log.txt",
        f"http://127.0.0.1:{port}",
        DATABASE_URL=f"sqlite:///{folder / 'db.sqlite3'}",
        SANDBOX_ORIGINS=ORIGIN,
    )
    yield program
    program.end()
