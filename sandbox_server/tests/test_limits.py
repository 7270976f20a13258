"""limits.py: no figure without its words, none that nobody uses, and none that another module keeps to itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox_server import limits

SERVER = Path(limits.__file__).parent
OURS = sorted(
    path for path in SERVER.rglob("*.py") if path.name != "limits.py" and "tests" not in path.relative_to(SERVER).parts
)


def assigned(statements: list[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    """The names in capitals that a module or a class sets, each with its value."""
    for statement in statements:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name.isupper():
                yield name, value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value) if name.isupper():
                yield name, value
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                for name_node, value in zip(names, values, strict=True):
                    yield ast.unparse(name_node), value
            case ast.ClassDef(body=body):
                yield from assigned(body)


def is_figure(value: ast.expr) -> bool:
    """A number, or arithmetic of numbers."""
    if isinstance(value, ast.BinOp):
        return is_figure(value.left) or is_figure(value.right)
    return isinstance(value, ast.Constant) and type(value.value) in (int, float)


BODY = ast.parse(Path(limits.__file__).read_text()).body
FIGURES = dict(assigned(BODY))
IMPORTED = {
    alias.name
    for path in OURS
    for node in ast.walk(ast.parse(path.read_text()))
    if isinstance(node, ast.ImportFrom) and node.module == "sandbox_server.limits"
    for alias in node.names
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_explained(name: str) -> None:
    """Right under it stands what it bounds, and what becomes of more."""
    at = next(at for at, statement in enumerate(BODY) if name in dict(assigned([statement])))
    words = BODY[at + 1]
    assert isinstance(words, ast.Expr)
    assert isinstance(words.value, ast.Constant)
    assert str(words.value.value).endswith(".")


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_bounds_something(name: str) -> None:
    """Some module imports it by its name."""
    imports = [
        node for path in OURS for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)
    ]
    assert name in {alias.name for node in imports if node.module == "sandbox_server.limits" for alias in node.names}


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(SERVER)))
def test_no_module_keeps_a_figure_to_itself(path: Path) -> None:
    """But those that limits.py names, each with the reason why it stays."""
    figures = [name for name, value in assigned(ast.parse(path.read_text()).body) if is_figure(value)]
    assert [name for name in figures if f"`{path.stem}.{name}`" not in str(limits.__doc__)] == []
