"""Which modules an edit makes anew."""

from __future__ import annotations

import pytest

from in_page.imports import importers, imports_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import a.b", {"a", "a.b"}),
        ("from a import b as c", {"a", "a.b"}),
        ("from a.b import (\n    c,\n    d,\n)", {"a", "a.b", "a.b.c", "a.b.d"}),
        ("from . import limits", {"shop", "shop.rooms", "shop.rooms.limits"}),
        ("from ..models import Room", {"shop", "shop.models", "shop.models.Room"}),
        ("def late():\n    import a; import b", {"a", "b"}),
        ("from .... import far", set()),
        ("'import a'", set()),
        ("def broken(:", set()),
        ("\0", set()),
    ],
)
def test_what_a_text_imports(text: str, found: set[str]) -> None:
    """Wherever it stands, also relatively; nothing of what is no Python."""
    assert imports_of(text, "shop.rooms.consumers", False) == found


def test_a_package_is_what_its_own_text_begins_from() -> None:
    """In `__init__.py` one dot is the package itself."""
    assert imports_of("from .consumers import routes", "shop.rooms", True) == {
        "shop",
        "shop.rooms",
        "shop.rooms.consumers",
        "shop.rooms.consumers.routes",
    }


def test_who_imports_a_module_is_made_of_it_and_so_is_who_imports_that_one() -> None:
    """Circles end."""
    imports = {"asgi": ["urls"], "urls": ["rooms"], "rooms": ["limits", "urls"], "echo": ["text"]}
    assert importers(imports, {"limits"}) == {"limits", "rooms", "urls", "asgi"}
    assert importers(imports, {"echo"}) == {"echo"}
