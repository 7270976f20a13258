"""Programs that tests start, and how to wait for what they do: for a condition, never for a time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from testing.ports import reserved_port
from testing.project import ORIGIN, ROOT

GENEROUS = {
    f"SANDBOX_{name}": "1000000"
    for name in (
        "BURST_MESSAGES",
        "BURST_MESSAGES_OF_VISITOR",
        "DURABLE_CLIENTS_PER_VISITOR",
        "FILES_PER_MINUTE",
        "HANDSHAKES_PER_MINUTE",
        "HANDSHAKES_PER_MINUTE_OF_ALL",
        "MESSAGES_PER_SECOND",
        "MESSAGES_PER_SECOND_OF_VISITOR",
        "OBSERVATIONS_PER_VISITOR",
        "REQUESTS",
        "REQUESTS_PER_MINUTE",
        "REQUESTS_PER_VISITOR",
        "ROOMS_REMEMBERED_PER_VISITOR",
        "SOCKETS",
        "SOCKETS_PER_VISITOR",
        "WRITES_PER_MINUTE",
    )
} | {"SANDBOX_CLOSE_SECONDS": "60", "SANDBOX_IMPORT_SECONDS": "120", "SANDBOX_SITE": "off"}
"""All tests, and all browsers that they drive, are one visitor: what it may do is bounded only where that is tested.
And on a busy machine a client of theirs is slow to answer, and a program that the server starts is slow to say. A site
that somebody has built here is not served."""

START_SECONDS = 120
LOOK_AGAIN_SECONDS = 0.05
HEED_SECONDS = 10
ANSWER_SECONDS = 10
"""How long one answer may take. On a busy machine the first one takes more than a second."""


class Server(Protocol):
    """What answers at an address, wherever it runs."""

    @property
    def url(self) -> str: ...

    def said(self) -> str:
        """All that is in its log."""


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
        return answers(self.url)

    def wait_until_it_says(self, words: str, times: int = 1) -> None:
        """Wait until the program has printed some words, that many times."""
        wait_until(lambda: self.said().count(words) >= times, f"{words!r}, {times} times", self.said)

    def end(self) -> int:
        """SIGTERM, and the exit status."""
        self.process.terminate()
        return self.process.wait(START_SECONDS)

    def put_away(self) -> None:
        """SIGTERM, and SIGKILL to one that does not heed it: for a server that is not ours, whose end no test is about.

        Daphne waits for ever for a thread of a synchronous consumer that waits for the event loop: failures/load.py.
        """
        self.process.terminate()
        try:
            self.process.wait(HEED_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(START_SECONDS)


def answers(url: str) -> bool:
    """Whether anything is answered over HTTP, whatever it is."""
    try:
        urllib.request.urlopen(url, timeout=ANSWER_SECONDS).close()
    except urllib.error.HTTPError:
        return True
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False
    return True


def wait_until(
    condition: Callable[[], bool], what: str, said: Callable[[], str] = str, seconds: float = START_SECONDS
) -> None:
    """Look again and again until a condition holds, at most so long; what was said then goes with the error."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError(f"not within {seconds} s: {what}\n{said()}")
        time.sleep(LOOK_AGAIN_SECONDS)


def start(arguments: list[str], log: Path, url: str, **environment: str) -> Program:
    """Start a Python module as a program and wait until it answers."""
    program = launch(arguments, log, url, ROOT, **environment)
    program.wait_until_it_answers()
    return program


def start_sandbox_server(folder: Path, log: str = "log.txt", port: int = 0, /, **settings: str) -> Program:
    """`python -m sandbox_server`, with its log and a database in a folder, for pages of ORIGIN; settings come before
    these. `port` is one that is reserved for it; 0: it gets one.
    """
    port = port or reserved_port()
    usual = {"DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}", "SANDBOX_ORIGINS": ORIGIN}
    return start(["sandbox_server", f"--port={port}"], folder / log, f"http://127.0.0.1:{port}", **(usual | settings))


def launch(arguments: list[str], log: Path, url: str, folder: Path, **environment: str) -> Program:
    """Start a Python module as a program, in a folder, and wait for nothing."""
    environment = {**os.environ, **GENEROUS, "NO_MKDOCS_2_WARNING": "1", **environment}
    command = [sys.executable, "-m", *arguments]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT)
    return Program(process, log, url)
