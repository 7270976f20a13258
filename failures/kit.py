"""What failures are made with: Django's settings, an application that is called by hand, programs and their words."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from testing.ports import reserved_port
from testing.program import Program, launch
from testing.project import ROOT

running = ExitStack()
FOLDER = Path(running.enter_context(TemporaryDirectory(prefix="failures-", ignore_cleanup_errors=True)))
PROGRAM_SECONDS = 120
CONNECT = {"type": "websocket.connect"}
TEXT = {"type": "websocket.receive", "text": "hello"}
BYTES = {"type": "websocket.receive", "bytes": b"hello"}


def configure(area: str) -> None:
    """Django, with one file of settings for all, and no channel layer."""
    logging.getLogger().setLevel(logging.INFO)
    os.environ["FAILURES_DATABASE"] = str(FOLDER / "db.sqlite3")
    os.environ["DJANGO_SETTINGS_MODULE"] = "failures.settings"
    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ["PYTHONUNBUFFERED"] = "1"
    if area not in ("start", "tests", "proxies", "browser"):
        import django

        django.setup()


async def call(application: Any, *events: dict[str, Any], **scope: Any) -> list[dict[str, Any]]:
    """An application as a server calls it: with these events, then with `websocket.disconnect`. What it has sent."""
    coming, sent = list(events), []

    async def receive() -> dict[str, Any]:
        return coming.pop(0) if coming else {"type": "websocket.disconnect", "code": 1000}

    async def send(event: dict[str, Any]) -> None:
        sent.append(event)

    asked = {"type": "websocket", "path": "/ws/chat/lobby/", "query_string": b"", "headers": [], "subprotocols": []}
    await application(asked | scope, receive, send)
    return sent


def run(*command: str, folder: Path = FOLDER, **environment: str) -> str:
    """What a command prints until it ends."""
    ended = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PROGRAM_SECONDS,
        check=False,
    )
    return ended.stdout


def python(code: str, *options: str, **environment: str) -> str:
    """What some lines print in a Python of their own."""
    return run(sys.executable, *options, "-c", code, **environment)


def module(name: str, *arguments: str, **environment: str) -> str:
    """What `python -m …` prints until it ends."""
    return run(sys.executable, "-m", name, *arguments, **environment)


def started(name: str, *arguments: str, port: int | None = None, until: str = "", **environment: str) -> Program:
    """A program that goes on until all failures have been heard; `{port}` in its arguments is free."""
    port = port or reserved_port()
    words = [argument.replace("{port}", str(port)) for argument in arguments]
    log = FOLDER / f"{name}-{port}.log"
    program = launch([name, *words], log, f"http://127.0.0.1:{port}/", FOLDER, **environment)
    running.callback(kill, program)
    if until:
        program.wait_until_it_says(until)
    else:
        program.wait_until_it_answers()
    return program


def kill(program: Program) -> None:
    program.process.kill()
    program.process.wait()


def end_all() -> None:
    """The programs, and then what they and the failures have written."""
    running.close()


def write(name: str, text: str) -> Path:
    file = FOLDER / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file
