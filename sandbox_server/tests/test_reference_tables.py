"""The tables of *ASGI events and scopes* and of *Settings* are what runs here: `make reference` writes them."""

import re

import pytest

from testing import asgi_fields, settings_tables
from testing.project import ROOT


@pytest.mark.long
def test_each_field_is_given_by_the_servers_that_the_table_names() -> None:
    """Plain Daphne, uvicorn and this site's server, started and asked."""
    assert asgi_fields.written() == asgi_fields.FILE.read_text(encoding="utf-8")


def test_a_field_that_the_specification_does_not_name_is_shown_too() -> None:
    """With each server's word for it, and the value where it is always the same."""
    servers = [
        asgi_fields.Asked("one", {"http scope": {"scheme": "'http'", "path": "'/'", "odd": "1"}}),
        asgi_fields.Asked("two", {}),
    ]
    rows = {name: cells for name, _, cells in asgi_fields.lines("http scope", servers)}
    assert rows["scheme"] == ["`'http'`", "no"]
    assert rows["path"] == ["yes", "no"]
    assert rows["odd"] == ["yes", "no"]


def test_each_setting_has_the_default_of_the_installed_package() -> None:
    assert settings_tables.written() == settings_tables.FILE.read_text(encoding="utf-8")


def test_a_setting_that_is_new_or_gone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody has to say what it does, or take it out."""
    monkeypatch.setitem(settings_tables.MEANINGS, "in-memory", {**settings_tables.LIMITS, "gone": "It is gone."})
    with pytest.raises(ValueError, match=r"in-memory: .*: gone"):
        settings_tables.written()


@pytest.mark.parametrize("page", ["asgi-fields", "settings"])
def test_the_page_includes_every_section(page: str) -> None:
    """What is written and not included, nobody reads."""
    written = (ROOT / f"includes/{page}.md").read_text(encoding="utf-8")
    included = (ROOT / f"docs/reference/{page}.md").read_text(encoding="utf-8")
    sections = set(re.findall(r"\[start:([\w-]+)\]", written))
    assert sections
    assert set(re.findall(rf'includes/{page}.md:([\w-]+)"', included)) == sections
