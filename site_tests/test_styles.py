"""The styles' own rules, read from their files: layers, sizes of type, and the room that each tool keeps free."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from mkdocs.config import load_config

from testing.project import ROOT

ASSETS = ROOT / "docs" / "assets"
SHEETS = [path for path in ASSETS.rglob("*.css") if "examples" not in path.parts]
THEME_SHEET = re.compile(r"assets/stylesheets/(\S+?\.css)")


def name(path: Path) -> str:
    return str(path.relative_to(ASSETS))


def test_the_styles_of_the_theme_that_is_installed_are_imported() -> None:
    """Their names change with its version. A page that preloads one and imports another would have no style at all."""
    folders = load_config(str(ROOT / "mkdocs.yml")).theme.dirs
    base = next(path for folder in folders if (path := Path(folder) / "base.html").exists())
    imported = re.findall(r"stylesheets/(\S+?\.css)", (ASSETS / "style" / "theme-material.css").read_text())
    assert imported == THEME_SHEET.findall(base.read_text())


def test_the_styles_of_zensical_are_imported() -> None:
    """Of its two looks, the one that mkdocs.yml asks for."""
    base = files("zensical") / "templates" / "base.html"
    imported = re.findall(r"stylesheets/(\S+?\.css)", (ASSETS / "style" / "theme-zensical.css").read_text())
    assert imported == [name for name in THEME_SHEET.findall(base.read_text()) if name.startswith("classic/")]


@pytest.mark.parametrize("sheet", SHEETS, ids=name)
def test_every_rule_stands_in_a_layer(sheet: Path) -> None:
    """One without would win over every layer, whatever it says."""
    at_top = re.findall(r"^[^\s/}].*", re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL), re.MULTILINE)
    assert [line for line in at_top if not line.startswith(("@layer ", "@import "))] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=name)
def test_sizes_of_type_are_tokens(sheet: Path) -> None:
    """One of six, or relative to what stands around it, or nothing."""
    sizes = re.findall(r"font-size: ([^;]+);", sheet.read_text())
    assert [
        size for size in sizes if not re.fullmatch(r"var\(--live-text-(2xs|xs|s|m|l|xl)\)|inherit|0|[\d.]+em", size)
    ] == []


@pytest.mark.parametrize("folder", sorted(path.parent for path in ASSETS.glob("tools/*/element.js")), ids=name)
def test_a_tool_keeps_its_room_free(folder: Path) -> None:
    """Every page that has the tool links this file in its head, so that nothing moves when the script comes."""
    assert f"tool-{folder.name}" in (folder / "reserve.css").read_text()
