"""A memory image of the server: Python with all that it has imported, as it is once it has booted, for nobody yet.

`python -m in_page.build` makes one in Node.js, and a page begins from it instead of starting Python. It has no files:
what had not been imported is named in it, and the archives come when somebody wants to edit, who may import anything.
"""

from __future__ import annotations

import gc
import json
import linecache
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any
from zipfile import ZipFile

from django.utils.translation import gettext

PROJECT = Path("/project")
"""Where our own modules are, each with its text."""

SOON = (
    "django.conf.urls",
    "django.contrib.sessions.serializers",
    "django.core.cache.backends.locmem",
    "django.db.models.sql.compiler",
    "django.views.csrf",
    "django.views.defaults",
    "encodings.unicode_escape",
)
"""What the server imports while it serves: by name, from its settings, or only when it is wanted."""

ARCHIVES = ("/lib/python314.zip", "/packages.zip")
"""Python's library and the packages, compiled."""


class Absent(MetaPathFinder):
    """Says of modules that had not been imported when the image was made that they are not here, and asks for them."""

    names: frozenset[str] = frozenset()
    ask: Callable[[], object] | None = None

    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name in self.names:
            if self.ask is not None:
                self.ask()
            raise ImportError(
                f"{name} is not loaded: a start from a memory image loads what the server imports", name=name
            )
        return None


absent = Absent()


def freeze() -> None:
    """Once all is booted: import what will be wanted, let go of every file."""
    for name in SOON:
        import_module(name)
    gettext("")  # Django reads its catalogue of English, a file
    absent.names = frozenset(modules_in(ARCHIVES)).difference(sys.modules)
    sys.meta_path.append(absent)
    forget_archives()
    re.purge()
    linecache.clearcache()
    gc.collect()


def thaw(sources: str, ask: Callable[[], object]) -> None:
    """In a page: our own modules are files again, for tracebacks and edits. `ask` has the archives loaded, soon.

    `sources` is JSON: of each file its path in the project and its text.
    """
    absent.ask = ask
    for name, text in json.loads(sources).items():
        path = PROJECT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sys.path_importer_cache.clear()


def complete() -> None:
    """The archives are in their places: anything can be imported."""
    if absent in sys.meta_path:
        sys.meta_path.remove(absent)
    forget_archives()


def forget_archives() -> None:
    """What has been looked for in an archive that was empty then is looked for anew."""
    sys.modules["zipimport"]._zip_directory_cache.clear()
    sys.path_importer_cache.clear()


def modules_in(archives: Iterable[str]) -> Iterator[str]:
    """The names of all modules in some archives."""
    for path in archives:
        with ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".pyc"):
                    yield name.removesuffix(".pyc").removesuffix("/__init__").replace("/", ".")
