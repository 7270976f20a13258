"""The site as it stood at a revision, or stands now, built as files and served: for what is measured in a browser."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from testing.ports import reserved_port
from testing.program import start
from testing.project import ROOT

NOW = "now"
"""Instead of a revision: the files as they stand."""


@contextmanager
def site_at(revision: str, folder: Path, **environment: str) -> Iterator[str]:
    """Build it with its own code, serve it, and say where; `environment` is the build's."""
    tree = ROOT if revision == NOW else checked_out(revision, folder / "tree")
    port = reserved_port()
    url = f"http://127.0.0.1:{port}/"
    build = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(folder / "site")]
    variables = {"SITE_URL": url, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(tree), **environment}
    subprocess.run(build, cwd=tree, env=os.environ | variables, check=True)
    files = ["http.server", str(port), "--bind=127.0.0.1", f"--directory={folder / 'site'}"]
    program = start(files, folder / "files.txt", url)
    try:
        yield url
    finally:
        program.end()


def checked_out(revision: str, tree: Path) -> Path:
    """The files of a revision in a folder of their own."""
    tree.mkdir(parents=True)
    archive = subprocess.run(["git", "archive", revision], cwd=ROOT, stdout=subprocess.PIPE, check=True)
    subprocess.run(["tar", "-x", "-C", str(tree)], input=archive.stdout, check=True)
    return tree
