"""Settings that come from the environment."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from live_docs.__main__ import main
from testing.ports import reserved_port
from testing.program import Program, start
from testing.project import ORIGIN

MIXINS = "import sandbox_server.asgi as a; print(*(mixin.__name__ for mixin in a.mixins))"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("on", "ObservedHandlers LeanDispatch"),
        ("off", "ObservedHandlers"),
        ("0", "ImproperlyConfigured: LEAN_DISPATCH is '0' in the environment: set it to on or off."),
    ],
)
def test_lean_dispatch_is_on_or_off(value: str, said: str) -> None:
    """Off, consumers have nothing of it; anything else is a mistake that is told."""
    command = [sys.executable, "-c", MIXINS]
    done = subprocess.run(command, env=os.environ | {"LEAN_DISPATCH": value}, capture_output=True, text=True)
    assert said == (done.stdout or done.stderr).strip().splitlines()[-1].removeprefix("django.core.exceptions.")


@pytest.fixture
def sandbox_on_plain_channels(tmp_path: Path) -> Iterator[Program]:
    """The sandbox server with Channels' own dispatch."""
    port = reserved_port()
    program = start(
        ["sandbox_server", f"--port={port}"],
        tmp_path / "log.txt",
        f"http://127.0.0.1:{port}",
        DATABASE_URL=f"sqlite:///{tmp_path / 'db.sqlite3'}",
        SANDBOX_ORIGINS=ORIGIN,
        LEAN_DISPATCH="off",
    )
    yield program
    program.end()


def test_every_transcript_goes_as_written_without_lean_dispatch(sandbox_on_plain_channels: Program, root: Path) -> None:
    """What pages show is Channels, and none of it is lean dispatch's doing."""
    assert main(["check", str(root / "docs"), "--server", sandbox_on_plain_channels.url, "--origin", ORIGIN]) == 0
