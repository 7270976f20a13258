"""Entries as they are written: one TOML file an area, one table an entry, whose name is the entry's address.

    [no-route]
    title = "No route"                          # Markdown; without it, the first two texts
    texts = ['''No route for path '{path}'.''']   # each is printed by what `reproduce` names
    also = ['''older words of the same''']      # further texts, whose word is the source's
    see = "A 500, and a traceback."             # what else there is to see
    why = "…"                                   # Markdown, as are the next three
    mend = "…"
    tell = "…"                                  # how to tell it from its neighbours
    live = "[Live](../learn/routing.md)"
    reproduce = "routing:no_route"              # or a list of them
    source = ["https://…"]
    seen = "Channels 4.3.2"                     # instead of what the area's page says
    asked = ["my path gives a 500"]             # how people put it who have no message
    words = "slash hyphen"                      # further words by which it is to be found
    general = true                              # says little: whatever else matches comes first

In a text, `{name}` stands for the reader's own words within a line and `{*}` for whole lines.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from live_docs.entries.normal import BETWEEN, PLACEHOLDER

ADDRESS = re.compile(r"[a-z0-9-]{3,30}")


class EntryError(ValueError):
    """An entry that cannot be used: file, entry, what is wrong and what to write."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One failure: by which texts it is known, why it happens and what to do."""

    area: str
    name: str
    why: str
    mend: str
    title: str = ""
    texts: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    see: str = ""
    tell: str = ""
    live: str = ""
    reproduce: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    seen: str = ""
    asked: tuple[str, ...] = ()
    words: str = ""
    general: bool = False

    @property
    def heading(self) -> str:
        """What stands above it, as Markdown."""
        return self.title or ", ".join(f"`{shown(text)}`" for text in (*self.texts, *self.also)[:2])


def shown(text: str) -> str:
    """A text for the eye: dots where the reader's own words stand, and apart from the rest where whole lines do."""
    return PLACEHOLDER.sub("…", text.replace(BETWEEN, " … ")).strip()


LISTS = ("texts", "also", "reproduce", "source", "asked")
GIVEN = tuple(field.name for field in fields(Entry) if field.name not in ("area", "name"))


def read_entries(folder: Path) -> list[Entry]:
    """All entries of a folder, file by file, in the order in which they are written. Raises EntryError."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise EntryError(f"{folder}: there is no file of entries: write one, AREA.toml")
    entries = [entry for file in files for entry in read_area(file)]
    seen: set[str] = set()
    for entry in entries:
        if entry.name in seen:
            raise EntryError(f"{folder}: two entries are called {entry.name}: an address is one entry's")
        seen.add(entry.name)
    return entries


def read_area(file: Path) -> list[Entry]:
    """The entries of one file."""
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise EntryError(f"{file}: {error}") from None
    return [read_entry(file, name, table) for name, table in tables.items()]


def read_entry(file: Path, name: str, table: object) -> Entry:
    """One table of a file."""
    where = f"{file}: [{name}]"
    if not isinstance(table, dict):
        raise EntryError(f"{where} is no table: an entry is one")
    if not ADDRESS.fullmatch(name):
        raise EntryError(f"{where} is no address: write 3 to 30 small letters, digits and hyphens")
    if unknown := sorted(set(table) - set(GIVEN)):
        raise EntryError(f"{where} has no `{unknown[0]}`: write {', '.join(GIVEN)}")
    values: dict[str, Any] = dict(table)
    for key in LISTS:
        value = values.get(key, [])
        values[key] = (value,) if isinstance(value, str) else tuple(value)
    for key in ("why", "mend"):
        if not values.get(key, "").strip():
            raise EntryError(f"{where} does not say `{key}`")
    entry = Entry(file.stem, name, **{key: clean(value) for key, value in values.items()})
    if not entry.title and not entry.texts and not entry.also:
        raise EntryError(f"{where} has neither a title nor a text")
    if not entry.reproduce and not entry.source and not entry.live:
        raise EntryError(f"{where} has neither `reproduce` nor `source` nor `live`: whose word is it?")
    if entry.texts and not entry.reproduce:
        raise EntryError(f"{where} has texts that nothing prints: name what does, `reproduce`, or move them to `also`")
    return entry


def clean(value: Any) -> Any:
    """A value without the line ends that its quotes bring along."""
    return value.strip("\n") if isinstance(value, str) else value
