"""All that a page needs to make a project: the files, which of them each module needs, and which answers where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from handed_out.home.routes import routes_of, sandbox_modules
from live_docs.style.printed_imports import imports_of, written

ROOT = Path(__file__).parents[2]
PROJECT = Path(__file__).parent / "project"

ALWAYS = ("sandbox_server/sandboxes/__init__.py", "sandbox_server/guards/unknown_path.py")
"""What the project's own asgi.py imports."""

LOGGING_IN = ("sandbox_server/sandboxes/whoami.py", "sandbox_server/migrations/0001_demo_users.py")
"""The views by which a client logs in and gets a CSRF token, and the demo users."""

NOT_IMPORTED = {
    "sandbox_server/sandboxes/durable/models.py": "sandbox_server/migrations/*.py",
    "sandbox_server/sandboxes/import_order.py": "sandbox_server/import_order/*.py",
    "sandbox_server/sandboxes/orders/models.py": "sandbox_server/migrations/*.py",
    "sandbox_server/sandboxes/raw_bytes.py": "sandbox_server/sandboxes/echo.py",
}
"""What a module needs besides its imports: the programs that it starts, its table, and the echo that it calls."""

INSTALLED = ("channels", "daphne", "django", "pytest", "pytest-asyncio", "pytest-django")
"""What requirements.txt names, each in the version with which the site is tested."""

MARKER = re.compile(r"^[ \t]*# --8<-- \[.*\n", re.MULTILINE)
"""Where a section that a page includes begins or ends: no page prints that."""


def catalog() -> dict[str, Any]:
    """As the page reads it: docs/assets/live/catalog/catalog.js has the types."""
    modules = {written(file, ROOT): module for module, file in sandbox_modules()}
    needs = {name: needed_by([name]) for name in modules}
    always, logging_in = needed_by(ALWAYS), needed_by(LOGGING_IN)
    files = sorted({*always, *logging_in, *(name for names in needs.values() for name in names)})
    return {
        "project": {written(file, PROJECT): file.read_text(encoding="utf-8") for file in project_files()},
        "requirements": "".join(f"{line}\n" for line in requirements()),
        "files": {name: printed((ROOT / name).read_text(encoding="utf-8")) for name in files},
        "needs": needs,
        "always": always,
        "loggingIn": logging_in,
        "routes": [
            {"protocol": protocol, "pattern": pattern, "module": name}
            for name, module in modules.items()
            for protocol, pattern in routes_of(module)
        ],
    }


def project_files() -> list[Path]:
    """What is in every project."""
    return sorted(file for file in PROJECT.rglob("*") if file.is_file() and "__pycache__" not in file.parts)


def printed(text: str) -> str:
    """A module as a page prints it, and as it may be written: at most two empty lines, where a marker is gone."""
    return re.sub(r"\n{4,}", "\n\n\n", MARKER.sub("", text))


def needed_by(names: Iterable[str]) -> list[str]:
    """These files and all that they import of this project, in turn; packages take their `__init__.py` along."""
    found: set[Path] = set()
    left = [ROOT / name for name in names]
    while left:
        file = left.pop()
        if file not in found:
            found.add(file)
            left += [used.file for used in imports_of(file, ROOT)]
            left += [
                folder / "__init__.py" for folder in file.parents if folder.is_relative_to(ROOT) and folder != ROOT
            ]
            if pattern := NOT_IMPORTED.get(written(file, ROOT)):
                left += ROOT.glob(pattern)
    return sorted(written(file, ROOT) for file in found)


def requirements() -> Iterator[str]:
    """`channels==4.3.2` and the like, as they are pinned here."""
    pinned = "".join((ROOT / f"requirements{suffix}.txt").read_text(encoding="utf-8") for suffix in ("", "-dev"))
    for name in INSTALLED:
        version = re.search(rf"^{name}==([^\s;]+)", pinned, re.MULTILINE)
        if version is None:
            raise LookupError(f"requirements*.txt pin no {name}: run `make lock`")
        yield f"{name}=={version[1]}"
