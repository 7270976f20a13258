"""`python -m live_docs bundle ENTRY FILE`: what a module imports of npm packages, in one file that a page can import.

Pages run as they are written, and a browser finds no package by its name. It is written only if it has changed.
"""

from __future__ import annotations

from pathlib import Path

from live_docs.built.esbuild import run_node

BUNDLE = Path(__file__).with_name("bundle_package.mjs")


def bundle_package(entry: Path, file: Path, root: Path) -> None:
    """Bundle one module. `root` is the project's folder, whose node_modules has esbuild and the packages."""
    made = run_node(BUNDLE, root, str(entry))
    if file.is_file() and file.read_text(encoding="utf-8") == made:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(made, encoding="utf-8")
