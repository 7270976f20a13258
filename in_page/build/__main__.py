"""`python -m in_page.build FOLDER`: CPython for the browser, the packages, and our server, compiled and packed; and a
memory image of all of it, booted.

Pyodide comes from npm and the packages from pip, both pinned with their hashes; nothing is fetched here.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

from in_page.build import shipped
from in_page.build.archives import ARCHIVES, PROJECT, PYODIDE, make_archives, run_node
from in_page.build.made_before import ROOT, digest_of, keep, take

IMAGE = Path(__file__).with_name("image.mjs")
IMAGE_FORMAT = (
    *(IMAGE.with_name(name) for name in ("image.mjs", "free.mjs", "implied.mjs")),
    *(ROOT / "docs/assets/live/here" / name for name in ("image.js", "implied.js", "implied-indices.js")),
)
"""What makes an image, and what a page makes of it."""

PYTHON = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json")
COMPILED = (*PYTHON, *(archive.name for archive in ARCHIVES))
"""What a start needs that imports everything."""

MANIFEST = "manifest.json"
"""Says in the folder of a build what there is in it; and beside that folder which it is, and how large: a page reads
this one before it loads anything.
"""

NO_LIBRARY = "empty.zip"
IMAGES = ("image.wasm", "image.gz")
"""The same twice: where a server compresses files on their way, a page takes the first, which is smaller then."""

SOURCES = "sources.json"
"""The text of our own modules, which an image does not hold. It is no archive: a server that compresses files on their
way makes more of text.
"""

FROM_IMAGE = (*PYTHON, NO_LIBRARY, *IMAGES, SOURCES)
"""What a start needs that goes on from a memory image."""

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
        files = Path(temporary, "files")
        files.mkdir()
        make(files)
        name = digest_of(sorted(files.iterdir()))[:16]
        write_json(files / MANIFEST, {"files": described(files), "image": FROM_IMAGE, "compiled": COMPILED})
        size = sum((files / name).stat().st_size for name in FROM_IMAGE if name != IMAGES[0])
        sent = sum(compressed_size(files / name) for name in FROM_IMAGE if name != IMAGES[1])
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(files, folder / name)
        write_json(folder / MANIFEST, {"folder": name, "bytes": size, "sent": sent, "files": described(files)})
    (folder / "LICENCES.txt").write_text(licences(), encoding="utf-8")
    print(f"{folder}: {size / 1e6:.1f} MB to load, by gzip {sent / 1e6:.1f} MB")


def make(folder: Path) -> None:
    """Make all files in an empty folder."""
    for name in PYTHON[:-1]:
        shutil.copy(PYODIDE / name, folder / name)
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text())
    (folder / "pyodide-lock.json").write_text(json.dumps({"info": lock["info"], "packages": {}}))
    zipfile.ZipFile(folder / NO_LIBRARY, "w").close()
    made_of = make_archives(folder)
    write_json(folder / SOURCES, sources(folder / PROJECT.name))
    key = hashlib.sha256("".join([*made_of, digest_of(IMAGE_FORMAT)]).encode()).hexdigest()
    if not all(take(key, folder / name) for name in IMAGES):
        run_node(IMAGE, {"pyodide": str(PYODIDE), "folder": str(folder)})
        for name in IMAGES:
            keep(key, folder / name)


def sources(project: Path) -> dict[str, str]:
    """What is text in the archive of our modules, by its path there."""
    with zipfile.ZipFile(project) as archive:
        text = (name for name in archive.namelist() if name.endswith((".py", ".json", "METADATA")))
        return {name: archive.read(name).decode() for name in text}


def described(folder: Path) -> list[dict[str, str | int]]:
    return [{"name": path.name, "bytes": path.stat().st_size} for path in sorted(folder.iterdir())]


def compressed_size(path: Path) -> int:
    """As a web server sends a file, which leaves alone what does not get smaller."""
    data = path.read_bytes()
    return min(len(data), len(gzip.compress(data)))


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, separators=(",", ":")))


def licences() -> str:
    """The licences of everything that is made here."""
    texts = {PYODIDE_SOURCE: "MPL-2.0.txt", "CPython is under the licence of the Python Software Foundation": "PSF.txt"}
    ours = [(title, Path(__file__).with_name(name).read_text(encoding="utf-8")) for title, name in texts.items()]
    return "\n\n".join(f"{title}\n{'=' * len(title)}\n\n{text}" for title, text in [*ours, *shipped.licences()])


if __name__ == "__main__":
    main()
