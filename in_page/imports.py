"""Which of our modules import which, so that an edit makes anew what is made of the edited module, and no more.

All of it is read when the page's files are built: to read a hundred modules takes a page longer than the edit.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping
from importlib.util import resolve_name
from itertools import accumulate

FILE = "imports.json"
"""In the project's folder: of each module the modules that it may import."""


def imports_of(text: str, name: str, is_package: bool) -> set[str]:
    """What a module's text imports, and the packages that it is in. `from a import b` may mean `a.b`, too.

    Empty of what is no Python: whoever imports it is told.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    package = name if is_package else name.rpartition(".")[0]
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            try:
                base = resolve_name("." * node.level + (node.module or ""), package)
            except ImportError:  # from beyond the topmost package
                continue
            found.update((base, *(f"{base}.{alias.name}" for alias in node.names)))
    return {start for each in found for start in accumulate(each.split("."), "{}.{}".format)}


def importers(imports: Mapping[str, Collection[str]], changed: Collection[str]) -> set[str]:
    """The changed modules, all that import one of them, and all that import those."""
    found = set(changed)
    while more := {name for name, those in imports.items() if name not in found and not found.isdisjoint(those)}:
        found |= more
    return found
