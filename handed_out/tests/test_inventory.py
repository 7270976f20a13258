"""Nothing that is handed out is forgotten: each file of the project is put to use by some test."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from handed_out.reader import PRINTED

ROOM = PRINTED.parent


def said_in(file: Path) -> Iterator[str]:
    """The texts that a module has in quotes."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_every_file_of_the_project_is_named_where_it_is_run() -> None:
    """By its path; a layer by its name."""
    in_browsers = [ROOM.parent / f"site_tests/{name}.py" for name in ("test_first_try", "test_event_source")]
    modules = [*ROOM.glob("*.py"), *ROOM.glob("tests/*.py"), *in_browsers]
    said = {text for module in modules for text in said_in(module)}
    files = [path for path in PRINTED.rglob("*.*") if path.name != "__init__.py" and path.suffix != ".pyc"]
    names = {path.stem if path.parent.name == "layers" else path.relative_to(PRINTED).as_posix() for path in files}
    assert names - said == set()
    assert len(names) > 15
