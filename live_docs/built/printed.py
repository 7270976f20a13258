"""The files that pages print. A built site sends them as they are written: a reader who has read one on the page finds
the same in the debugger.
"""

from __future__ import annotations

import re
from pathlib import Path

INCLUDED = re.compile(r'--8<--[ \t]+"([^":]+)')
"""The file that a line of `pymdownx.snippets` includes, whole or a section of it."""


def printed_files(docs: Path, root: Path) -> set[Path]:
    """The files that some page below `docs` includes. Pages name them from the project's folder, `root`."""
    names = {name for page in docs.rglob("*.md") for name in INCLUDED.findall(page.read_text(encoding="utf-8"))}
    return {root / name for name in names}
