"""What a printed file uses of its project is printed, too: a reader who sees `RACES` sees that it is 8.

A module of functions is printed whole, on any page. Of a module of sections, `# --8<-- [start:name]`, the section that
sets the name is included on a page that prints the file: a figure stands beside what it bounds.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from live_docs.markdown.pages import Page
from live_docs.notation.transcript import Problem
from live_docs.style.rules import PrintedRule

INCLUDE = re.compile(r'--8<-- "([^":]+)(?::([^":]+))?"')
SECTION = re.compile(r"(?=# --8<-- \[start:(?P<name>\S+)\]\n(?P<body>.*?)# --8<-- \[end:(?P=name)\])", re.DOTALL)
"""A look ahead, so that sections within sections are found."""


@dataclass(frozen=True, slots=True)
class Used:
    """A name that a file imports from another one of the project, and the line that says so."""

    line: int
    file: Path
    name: str


def check_imports(pages: list[Page], root: Path, rule: PrintedRule, file: Path) -> Iterator[Problem]:
    """Where a printed file uses what no reader can see."""
    included = {page.path: included_by(page, rule.language) for page in pages}
    beside = {path: there for path, there in included.items() if (written(file, root), "") in there}
    for used in imports_of(file, root):
        source = written(used.file, root)
        if used.file in root.glob(rule.files) or any((source, "") in there for there in included.values()):
            continue
        sections = sections_with(used)
        if any((source, section) in there for there in beside.values() for section in sections):
            continue
        if sections:
            where = ", ".join(written(path.resolve(), root) for path in beside) or "the page that prints this file"
            to_do = f'write `--8<-- "{source}:{sections[0]}"` in a ```{rule.language} fence of {where}'
        else:
            to_do = f'write `--8<-- "{source}"` in a ```{rule.language} fence of any page, or include a section of it'
        yield Problem(used.line, f"no reader of this file sees {used.name} of {source}: {to_do}")


def written(file: Path, root: Path) -> str:
    """A file of the project as a page names it."""
    return file.relative_to(root).as_posix()


def included_by(page: Page, language: str) -> set[tuple[str, str]]:
    """The files, and the sections of files, that a page includes as code: ("", for a whole file)."""
    bodies = (fence.body for fence in page.fences if fence.language == language)
    return {(file, section) for body in bodies for file, section in INCLUDE.findall(body)}


def imports_of(file: Path, root: Path) -> Iterator[Used]:
    """What a Python file imports of the project in the folder `root`."""
    package = file.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            named = [(alias.name.split("."), alias.name.rpartition(".")[2]) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            around = package[: len(package) - node.level + 1] if node.level else ()
            module = [*around, *(node.module or "").split(".")]
            named = [(module, alias.name) for alias in node.names]
        else:
            continue
        for parts, name in named:
            if found := find_module(root.joinpath(*parts), name):
                yield Used(node.lineno, found, name)


def find_module(path: Path, name: str) -> Path | None:
    """The file that an import reads: a module of the name in a package, a module, or the package itself."""
    candidates = (path / f"{name}.py", path.with_suffix(".py"), path / "__init__.py")
    return next((candidate for candidate in candidates if candidate.is_file()), None)


def sections_with(used: Used) -> list[str]:
    """The sections of a file that set a name."""
    sets = re.compile(rf"^(?:(?:async )?def |class )?{re.escape(used.name)}\b", re.MULTILINE)
    text = used.file.read_text(encoding="utf-8")
    return [section["name"] for section in SECTION.finditer(text) if sets.search(section["body"])]
