"""What a module imports of npm packages, as one file that a page can import."""

from __future__ import annotations

from pathlib import Path

import pytest

from live_docs.built.bundle_package import bundle_package
from live_docs.built.esbuild import PackError
from testing.project import ROOT


def test_a_bundle_imports_nothing_and_exports_what_its_entry_does(tmp_path: Path) -> None:
    (tmp_path / "entry.js").write_text('export { parse as read } from "acorn";\n')
    (tmp_path / "node_modules").symlink_to((ROOT / "node_modules").resolve())
    (tmp_path / "package.json").write_text("{}")
    made = tmp_path / "made/bundle.js"
    bundle_package(tmp_path / "entry.js", made, tmp_path)
    text = made.read_text()
    assert " as read" in text
    assert 'from"acorn"' not in text


def test_a_bundle_is_written_only_if_it_has_changed(tmp_path: Path) -> None:
    """Whoever watches it would build again."""
    (tmp_path / "entry.js").write_text("export const one = 1;\n")
    made = tmp_path / "bundle.js"
    bundle_package(tmp_path / "entry.js", made, ROOT)
    before = made.stat().st_mtime_ns
    bundle_package(tmp_path / "entry.js", made, ROOT)
    assert made.stat().st_mtime_ns == before
    (tmp_path / "entry.js").write_text("export const two = 2;\n")
    bundle_package(tmp_path / "entry.js", made, ROOT)
    assert "two" in made.read_text()


def test_a_package_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "entry.js").write_text('export * from "no-such-package";\n')
    with pytest.raises(PackError, match="no-such-package"):
        bundle_package(tmp_path / "entry.js", tmp_path / "bundle.js", ROOT)
