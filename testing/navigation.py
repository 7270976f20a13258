"""The pages of the navigation, found in mkdocs.yml, so that a new page is tested without anyone remembering."""

from __future__ import annotations

from typing import Any

from mkdocs.config import load_config

from testing.project import ROOT


def sources(items: Any) -> list[str]:
    """The Markdown files below a part of the navigation, in order."""
    if isinstance(items, str):
        return [items]
    children = items.values() if isinstance(items, dict) else items
    return [source for child in children for source in sources(child)]


def address(source: str) -> str:
    """Where the site serves a Markdown file."""
    return source.removesuffix("index.md") if source.endswith("index.md") else source.removesuffix(".md") + "/"


PAGES: list[str] = sources(load_config(str(ROOT / "mkdocs.yml")).nav)
