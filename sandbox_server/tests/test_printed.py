"""What the pages owe their readers: the code that runs, whole."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
MODULES = sorted(path for path in (ROOT / "sandbox_server/sandboxes").rglob("*.py") if path.name != "__init__.py")
FENCED = r"```python[^\n]*\n[ \t]*--8<-- \"{path}\"\n[ \t]*```"
LONGEST_LINES = 130


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(ROOT)))
def test_a_sandbox_is_printed_whole_and_short_enough_for_it(module: Path) -> None:
    """A page includes it from the file that runs, all of it: what a reader cannot see, they cannot trust."""
    whole = re.compile(FENCED.format(path=re.escape(str(module.relative_to(ROOT)))))
    printed_on = [page.name for page in (ROOT / "docs").rglob("*.md") if whole.search(page.read_text())]
    assert printed_on, f'no page includes --8<-- "{module.relative_to(ROOT)}" without a section'
    assert len(module.read_text().splitlines()) <= LONGEST_LINES
