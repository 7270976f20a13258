"""Scripts, each as a program of its own."""

from __future__ import annotations

import os
import runpy
import signal
import subprocess
import sys
import traceback
from pathlib import Path

from site_tests.copied import (
    ALL_SECONDS,
    AT_ONCE,
    PATIENCE_SECONDS,
    SLOWER,
    Failures,
    Texts,
    plain_environment,
    readers_python,
)
from testing.project import ROOT


def run(texts: Texts, folder: Path) -> Failures:
    """Each script in a process of its own. One interpreter that has the library loaded is the parent of all."""
    files = []
    for number, (name, text) in enumerate(texts.items()):
        file = folder / f"script_{number}.py"
        file.write_text(f"{text}\n# {name}\n", encoding="utf-8")
        files.append(file)
    command = [readers_python(), "-W", "error", "-m", "site_tests.copied.python", *map(str, files)]
    ended = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env=plain_environment(), timeout=ALL_SECONDS
    )
    assert ended.returncode == 0, ended.stderr
    said = [file.with_suffix(".txt").read_text(encoding="utf-8") for file in files]
    return {name: words for name, words in zip(texts, said, strict=True) if words != "It went as written.\n"}


def fork_each(files: list[Path]) -> None:
    """Run scripts, a few at a time, each in a fork of this process; what each says goes beside it."""
    import json  # noqa: F401
    import urllib.request  # noqa: F401

    import websockets.sync.client  # noqa: F401

    running: set[int] = set()
    for file in files:
        if len(running) == AT_ONCE:
            running.remove(os.wait()[0])
        if child := os.fork():
            running.add(child)
        else:
            run_alone(file)
    while running:
        running.remove(os.wait()[0])


def run_alone(file: Path) -> None:
    """Run a script as its own program; never returns."""
    signal.alarm(PATIENCE_SECONDS * SLOWER)  # whatever hangs ends, and has not said that it went as written
    said = os.open(file.with_suffix(".txt"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(said, 1)
    os.dup2(said, 2)
    try:
        runpy.run_path(str(file), run_name="__main__")
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    fork_each([Path(name) for name in sys.argv[1:]])
