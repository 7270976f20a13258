"""The Pythons on this machine: those on the PATH, and those that pyenv and uv keep aside."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

OLDEST = (3, 11, 5)
"""As `requires-python` in pyproject.toml."""

Version = tuple[int, int, int]
VERSION = "import sys; sys.stdout.write('%d %d %d %s' % tuple(sys.version_info[:4]))"
"""In words that Python 2 knows, too."""

PATIENCE_SECONDS = 120


def find_pythons() -> dict[str, Path]:
    """For each minor version that this project supports, such as "3.13", the newest interpreter that starts."""
    found: dict[str, tuple[Version, Path]] = {}
    for path in candidates():
        version = version_of(path)
        if version is None or version < OLDEST:
            continue
        minor = f"{version[0]}.{version[1]}"
        if minor not in found or version > found[minor][0]:
            found[minor] = version, path
    return {minor: found[minor][1] for minor in sorted(found, key=lambda name: found[name][0])}


def find_python_2() -> Path | None:
    """A Python 2.7 that starts, if there is one."""
    return next((path for path in candidates(r"python2\.7") if version_of(path)), None)


def candidates(names: str = r"python3\.\d+") -> Iterator[Path]:
    """What has the name of a Python. Some only tell, when started, that another version was chosen."""
    home = Path.home()
    pyenv = Path(os.environ.get("PYENV_ROOT", home / ".pyenv"))
    uv = Path(os.environ.get("UV_PYTHON_INSTALL_DIR", home / ".local/share/uv/python"))
    folders = [Path(name) for name in os.get_exec_path()]
    folders += [*pyenv.glob("versions/*/bin"), *uv.glob("cpython-*/bin")]
    for folder in folders:
        if folder.is_dir():
            yield from (path for path in sorted(folder.iterdir()) if re.fullmatch(names, path.name))


def version_of(python: Path) -> Version | None:
    """The version of an interpreter; None for what is none, or not finished."""
    try:
        asked = subprocess.run(
            [python, "-E", "-s", "-c", VERSION], capture_output=True, text=True, check=True, timeout=PATIENCE_SECONDS
        )
    except (OSError, subprocess.SubprocessError):
        return None
    *numbers, level = asked.stdout.split()
    major, minor, micro = map(int, numbers)
    return (major, minor, micro) if level == "final" else None
