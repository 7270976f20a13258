"""What was made before, kept by the hash of what it was made of: compiling, and a memory image, take their time."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "here"


def digest_of(paths: Iterable[Path]) -> str:
    """Of some files, whatever their names are."""
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in paths)).hexdigest()


def take(key: str, path: Path) -> bool:
    """Have a file as it was once made; false if it never was."""
    kept = CACHE / f"{key}{path.suffix}"
    if kept.is_file():
        shutil.copy(kept, path)
    return kept.is_file()


def keep(key: str, path: Path) -> None:
    """Keep a file that has just been made: whole, whoever else builds at the same time."""
    CACHE.mkdir(parents=True, exist_ok=True)
    kept = CACHE / f"{key}{path.suffix}"
    beside = kept.with_suffix(f".{os.getpid()}")
    shutil.copy(path, beside)
    beside.replace(kept)
