"""What the pages owe their readers: the code that runs, whole."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
MODULES = sorted(path for path in (ROOT / "sandbox_server/sandboxes").rglob("*.py") if path.name != "__init__.py")
FENCED = r"```python[^\n]*\n[ \t]*--8<-- \"{path}\"\n[ \t]*```"
LONGEST_LINES = 130

LIMITS = ROOT / "sandbox_server/limits.py"
SECTIONS = dict(re.findall(r"\[start:(.+?)\]\n(.*?)# --8<-- \[end:\1\]", LIMITS.read_text(), re.DOTALL))


def printed_on(module: Path) -> list[Path]:
    """The pages that include a module from its first line to its last."""
    whole = re.compile(FENCED.format(path=re.escape(str(module.relative_to(ROOT)))))
    return [page for page in sorted((ROOT / "docs").rglob("*.md")) if whole.search(page.read_text())]


def imports(module: Path) -> list[tuple[str, str]]:
    """What a module imports from where: `("sandbox_server.limits", "ROOMS")`."""
    nodes = [node for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.ImportFrom)]
    return [(node.module or "", alias.name) for node in nodes for alias in node.names]


def of_the_house(module: Path) -> set[str]:
    """The modules around the sandboxes that one of them imports."""
    ours = {source.removeprefix("sandbox_server.") for source, _ in imports(module) if "sandbox_server" in source}
    return {name for name in ours if not name.startswith("sandboxes")}


def figures_of(module: Path) -> set[str]:
    return {name for source, name in imports(module) if source == "sandbox_server.limits"}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(ROOT)))
def test_a_sandbox_is_printed_whole_and_short_enough_for_it(module: Path) -> None:
    """A page includes it from the file that runs, all of it: what a reader cannot see, they cannot trust."""
    assert printed_on(module), f'no page includes --8<-- "{module.relative_to(ROOT)}" without a section'
    assert len(module.read_text().splitlines()) <= LONGEST_LINES


USED = sorted({name for module in MODULES for name in of_the_house(module)} - {"limits", "route_mismatch"})
"""What the sandboxes import of the house around them. Of limits the sections are printed that bound them (below); the
page that explains routes says which module makes its sentences, and what holds them to the truth."""


@pytest.mark.parametrize("name", USED)
def test_what_a_sandbox_uses_of_the_house_is_printed_too(name: str) -> None:
    """Whole, on some page: it is part of what runs."""
    assert printed_on(ROOT / f"sandbox_server/{name.replace('.', '/')}.py")


@pytest.mark.parametrize(
    ("module", "figures"),
    [(module, figures) for module in MODULES if (figures := figures_of(module))],
    ids=lambda value: value.stem if isinstance(value, Path) else None,
)
def test_the_figures_that_bound_a_sandbox_are_printed_beside_it(module: Path, figures: set[str]) -> None:
    """Whoever reads how many there may be at most reads there how many that is."""
    [page] = printed_on(module)
    sections = re.findall(r'--8<-- "sandbox_server/limits\.py:(.+)"', page.read_text())
    printed = "".join(SECTIONS[section] for section in sections)
    assert not {figure for figure in figures if f"\n{figure} = " not in f"\n{printed}"}
