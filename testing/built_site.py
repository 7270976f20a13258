"""The site as files, as `make site` and `make zensical` build it, behind Python's own file server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from testing.ports import reserved_port
from testing.program import Program, start, start_sandbox_server
from testing.project import ROOT

BUILD_SECONDS = 600
SOURCES = (
    "bundles",
    "contract",
    "deploy",
    "docs",
    "handed_out",
    "includes",
    "js_tests",
    "live_docs",
    "overrides",
    "sandbox_server",
    "site_tests",
    "mkdocs.yml",
    "pyproject.toml",
    "requirements.txt",
    "requirements-dev.txt",
)
"""What a generator reads. Zensical writes beside it, and nowhere else."""

BUNDLE = ["live_docs", "bundle", "bundles/codemirror.js", "docs/assets/bundles/codemirror.js"]
"""A page's Markdown has it made, too, which Zensical may come to after it has copied what is there."""

GENERATORS = {"mkdocs": ["mkdocs", "build", "--strict", "-q"], "zensical": ["zensical", "build"]}


class BuiltSite:
    """Built for a sandbox server at a port that is reserved for it, and served; the server is the test's to start.

    With `offline`, as `make site` has it, a service worker answers in the place of what a test puts before the network.
    With `whole` it is as `make site` makes it: pages ask their own origin, and all is compressed.
    """

    def __init__(self, folder: Path, generator: str = "mkdocs", offline: bool = False, whole: bool = False) -> None:
        self.folder = folder
        self.files = folder / "project" / "site"
        self.port, self.sandbox_port = reserved_port(), reserved_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        copy_project(folder / "project")
        environment = {
            "SITE_URL": self.url,
            "SANDBOX_PORT": "" if whole else str(self.sandbox_port),
            "NO_MKDOCS_2_WARNING": "1",
        }
        commands = [BUNDLE, GENERATORS[generator], ["live_docs", "markdown", "site"], ["live_docs", "pack", "site"]]
        if offline or whole:
            commands.append(["live_docs", "offline", "site"])
        if whole:
            commands.append(["live_docs", "compress", "site"])
        for arguments in commands:
            command = [sys.executable, "-m", *arguments]
            done = subprocess.run(
                command,
                cwd=folder / "project",
                env=os.environ | environment,
                timeout=BUILD_SECONDS,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            assert done.returncode == 0, done.stdout
        self.server: Program | None = None
        self.serve()

    def serve(self, *headers: str) -> None:
        """From now on with these headers (`Name: value`)."""
        self.end()
        serve = ["testing.file_server", str(self.port), str(self.files), *headers]
        self.server = start(serve, self.folder / "files.txt", self.url)

    def start_sandbox_server(self, **environment: str) -> Program:
        settings = {"SANDBOX_ORIGINS": self.url.rstrip("/")} | environment
        return start_sandbox_server(self.folder, "sandbox.txt", self.sandbox_port, **settings)

    def end(self) -> None:
        if self.server is not None:
            self.server.end()
            self.server = None


def copy_project(folder: Path) -> None:
    """The project's sources in another folder, with the packages that are here."""
    folder.mkdir()
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    shutil.copy(ROOT / "package.json", folder)
    (folder / "node_modules").symlink_to((ROOT / "node_modules").resolve())
