"""What there is to begin from in the playground: a folder of `handed_out/playground/` each, found by itself.

A folder has modules, `routing.py` among them, and a `transcript.txt` whose first line, a note, is the example's name.
They stand in the order of the folders' names.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[1] / "playground"


def examples() -> list[dict[str, Any]]:
    """As the page reads them: docs/assets/tools/playground/work.js has the types."""
    return [example(folder) for folder in sorted(EXAMPLES.iterdir()) if (folder / "transcript.txt").is_file()]


def example(folder: Path) -> dict[str, Any]:
    first, _, transcript = (folder / "transcript.txt").read_text(encoding="utf-8").partition("\n")
    if not first.startswith("# "):
        raise ValueError(f"{folder}/transcript.txt begins with no note, such as `# An echo`: it is the example's name")
    files = {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.py"))}
    return {"title": first.removeprefix("# "), "files": files, "transcript": transcript}
