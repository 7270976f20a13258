"""The site as files, as `make site` builds it, behind Python's own file server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from testing.ports import reserved_port
from testing.program import Program, start
from testing.project import ROOT

BUILD_SECONDS = 120


class BuiltSite:
    """Built for a sandbox server at a port that is reserved for it, and served; the server is the test's to start."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = folder / "site"
        port, self.sandbox_port = reserved_port(), reserved_port()
        self.url = f"http://127.0.0.1:{port}/"
        environment = {"SITE_URL": self.url, "SANDBOX_PORT": str(self.sandbox_port), "NO_MKDOCS_2_WARNING": "1"}
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(self.files)]
        subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=True, timeout=BUILD_SECONDS)
        pack = [sys.executable, "-m", "live_docs", "pack", str(self.files)]
        subprocess.run(pack, cwd=ROOT, check=True, timeout=BUILD_SECONDS, stdout=subprocess.DEVNULL)
        serve = ["http.server", str(port), "--bind=127.0.0.1", f"--directory={self.files}"]
        self.server = start(serve, folder / "files.txt", self.url)

    def start_sandbox_server(self) -> Program:
        return start(
            ["sandbox_server", f"--port={self.sandbox_port}"],
            self.folder / "sandbox.txt",
            f"http://127.0.0.1:{self.sandbox_port}",
            DATABASE_URL=f"sqlite:///{self.folder / 'db.sqlite3'}",
            SANDBOX_ORIGINS=self.url.rstrip("/"),
        )

    def end(self) -> None:
        self.server.end()
