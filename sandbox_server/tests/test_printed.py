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


def imported_from(module: Path, package: str) -> set[str]:
    """The names that a module imports from one of the house's own."""
    imports = [node for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.ImportFrom)]
    return {name.name for node in imports if node.module == package for name in node.names}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(ROOT)))
def test_a_sandbox_is_printed_whole_and_short_enough_for_it(module: Path) -> None:
    """A page includes it from the file that runs, all of it: what a reader cannot see, they cannot trust."""
    assert printed_on(module), f'no page includes --8<-- "{module.relative_to(ROOT)}" without a section'
    assert len(module.read_text().splitlines()) <= LONGEST_LINES


@pytest.mark.parametrize(
    ("module", "figures"),
    [(module, figures) for module in MODULES if (figures := imported_from(module, "sandbox_server.limits"))],
    ids=lambda value: value.stem if isinstance(value, Path) else None,
)
def test_the_figures_that_bound_a_sandbox_are_printed_beside_it(module: Path, figures: set[str]) -> None:
    """Whoever reads how many there may be at most reads there how many that is."""
    [page] = printed_on(module)
    sections = re.findall(r'--8<-- "sandbox_server/limits\.py:(.+)"', page.read_text())
    printed = "".join(SECTIONS[section] for section in sections)
    assert not {figure for figure in figures if f"\n{figure} = " not in f"\n{printed}"}
