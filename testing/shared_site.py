"""The site as `mkdocs build` makes it: made once for all processes of a run, and served to each of them by itself.

Each process needs the whole site, and building it takes as long as fifty tests. The sandbox server is not shared: what
one test does to a room or to a quota would be another's surprise.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from testing.ports import reserved_port
from testing.program import Program, start, start_sandbox_server, wait_until
from testing.project import ROOT

BUILT_FOR = {"http://127.0.0.1:65001/": "SITE_URL", "65002": "SANDBOX_PORT"}
"""What stands in the pages for the address and for the port, which each copy replaces with its own."""

BUILD_SECONDS = 600
"""All processes wait for it, and on a busy machine it takes a minute."""

WITH_ADDRESSES = (".html", ".xml", ".txt")


@dataclass
class Site(Program):
    """A file server, and the sandbox server that its pages name."""

    sandbox_server: Program | None = None
    start_sandbox_server: Callable[[], Program] | None = None

    def kill_sandbox_server(self) -> None:
        """With SIGKILL: it has time for nothing."""
        assert self.sandbox_server
        self.sandbox_server.process.kill()
        self.sandbox_server.process.wait()

    def restart_sandbox_server(self) -> None:
        """On the port and the database that it had."""
        assert self.start_sandbox_server
        self.sandbox_server = self.start_sandbox_server()

    def said(self) -> str:
        return super().said() + (self.sandbox_server.said() if self.sandbox_server else "")

    def end(self) -> int:
        if self.sandbox_server:
            self.sandbox_server.end()
        return super().end()


def built_once(shared: Path) -> Path:
    """The built site, in a folder that all processes of a run share: the first builds it, and the others wait.

    Raises RuntimeError where it could not be built.
    """
    site, told = shared / "built", shared / "built.txt"
    try:
        site.mkdir()
    except FileExistsError:
        wait_until(told.exists, "the site, which another process builds", seconds=BUILD_SECONDS)
        if told.read_text():
            raise RuntimeError("the site was not built: another process says why") from None
        return site
    said = build(site)
    unfinished = told.with_suffix(".part")
    unfinished.write_text(said)
    unfinished.rename(told)
    if said:
        raise RuntimeError(said)
    return site


def build(site: Path) -> str:
    """Build it, and return what was said if that went wrong."""
    environment = os.environ | {name: value for value, name in BUILT_FOR.items()} | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(site)],
        cwd=ROOT,
        env=environment,
        timeout=BUILD_SECONDS,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return "" if done.returncode == 0 else done.stdout or f"mkdocs ended with {done.returncode}"


def served(shared: Path, folder: Path, **settings: str) -> Site:
    """A copy of the built site at an address of its own, and its sandbox server, with settings of its environment."""
    files = folder / "files"
    shutil.copytree(built_once(shared), files)
    port = reserved_port()
    url = f"http://127.0.0.1:{port}/"
    sandbox_port = reserved_port()
    settings = {"SANDBOX_ORIGINS": f"http://127.0.0.1:{port},http://localhost:{port}", **settings}
    start_server = partial(start_sandbox_server, folder, "sandbox.txt", sandbox_port, **settings)
    sandbox_server = start_server()
    own = {"SITE_URL": url, "SANDBOX_PORT": str(sandbox_port)}
    for file in files.rglob("*"):
        if file.suffix in WITH_ADDRESSES:
            text = file.read_text(encoding="utf-8")
            for value, name in BUILT_FOR.items():
                text = text.replace(value, own[name])
            file.write_text(text, encoding="utf-8")
    program = start(["testing.file_server", str(port), str(files)], folder / "files.txt", url)
    return Site(program.process, program.log, program.url, sandbox_server, start_server)
