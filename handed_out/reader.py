"""A reader's project: nothing but what pages print, each text put where its page says.

With which versions it runs is the reader's affair: `programs` is the folder that has `django-admin` and `daphne`.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from testing.ports import reserved_port
from testing.program import Program
from testing.project import ROOT

PRINTED = Path(__file__).parent / "project"
PORT = "8001"
REDIS = "redis://127.0.0.1:6379"
"""What is printed, and stands in a test for what the test has."""


def printed(name: str) -> str:
    """A text as a page prints it."""
    return (PRINTED / name).read_text(encoding="utf-8")


@dataclass(frozen=True)
class Reader:
    """Somebody with a folder and an environment, who copies."""

    folder: Path
    programs: Path

    @property
    def environment(self) -> dict[str, str]:
        """As a reader's terminal has it: nothing of this project's, and nothing of pytest."""
        ours = ("PYTEST_", "DJANGO_", "PYTHON", "VIRTUAL_ENV")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        path = f"{self.programs}{os.pathsep}{os.environ['PATH']}"
        return kept | {"PATH": path, "PYTHONUNBUFFERED": "1"}  # as when a terminal reads along

    def begin(self) -> None:
        """A project with a chat in it that has no layer yet."""
        self.run("begin.sh")
        self.add("mysite/settings.py", printed("mysite/settings.py"))
        for name in ("mysite/asgi.py", "chat/consumers.py", "chat/routing.py"):
            self.copy(name)

    def begin_hello(self) -> None:
        """The project of the page *Start here*, up to its first step: Django's own, with an app that is empty."""
        self.run("start/begin.sh")

    def let_daphne_serve(self) -> None:
        """The second step."""
        self.add("mysite/settings.py", printed("start/settings.py"))

    def say_hello(self) -> None:
        """All steps that follow. The consumer and its route are the very files of this site's own server."""
        for name in ("consumers.py", "routing.py"):
            self.write(f"hello/{name}", (ROOT / "sandbox_server/sandboxes/hello" / name).read_text(encoding="utf-8"))
        self.write("mysite/asgi.py", printed("start/asgi.py"))
        self.write("mysite/urls.py", printed("start/urls.py"))
        self.write("hello/templates/hello/page.html", printed("start/page.html"))

    def again(self, folder: Path) -> Reader:
        """The same project, in another folder."""
        shutil.copytree(self.folder, folder)
        return Reader(folder, self.programs)

    def choose_layer(self, layer: str, redis: str = REDIS) -> None:
        self.add("mysite/settings.py", printed(f"mysite/layers/{layer}.py").replace(REDIS, redis))

    def copy(self, name: str) -> None:
        """A file of the project, with what is printed under its name."""
        self.write(name, printed(name))

    def write(self, name: str, text: str) -> None:
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def add(self, name: str, text: str) -> None:
        """Some lines at the end of a file that is there."""
        with (self.folder / name).open("a", encoding="utf-8") as file:
            file.write(f"\n{text}")

    def run(self, script: str) -> str:
        """The commands of a printed shell script, all of which must succeed, and what they said."""
        return self.call(["bash", "-euo", "pipefail", "-c", printed(script)])

    def call(self, command: list[str]) -> str:
        """A command in the project's folder, and what it said. Raises RuntimeError with that if it fails."""
        ended = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if ended.returncode:
            raise RuntimeError(f"{shlex.join(command)} ended with {ended.returncode}:\n{ended.stdout}")
        return ended.stdout

    @contextmanager
    def serve(self, script: str = "serve.sh") -> Iterator[Program]:
        """The printed command that starts a server, on a port that is free."""
        port = str(reserved_port())
        command = ["bash", "-c", "exec " + printed(script).replace(PORT, port)]
        with self.start(command, f"http://127.0.0.1:{port}") as program:
            yield program

    @contextmanager
    def start(self, command: list[str], url: str) -> Iterator[Program]:
        """A server that runs until the block is left."""
        log = self.folder / f"{url.rpartition(':')[2]}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                command, cwd=self.folder, env=self.environment, stdout=out, stderr=subprocess.STDOUT
            )
        program = Program(process, log, url)
        try:
            program.wait_until_it_answers()
            yield program
        finally:
            program.put_away()
