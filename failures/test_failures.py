"""Each text of an entry is what the named programs print: made to happen, and looked for as in a reader's paste."""

from __future__ import annotations

import ast
import json
import os
import sys
from pathlib import Path

import pytest

from failures.heard import aged, heard
from live_docs.entries.entry import Entry, read_entries
from live_docs.entries.known import known
from live_docs.entries.matching import find
from testing.project import ROOT

ENTRIES = read_entries(ROOT / "docs/symptoms/entries")
AREAS = sorted({scene.partition(":")[0] for entry in ENTRIES for scene in entry.reproduce})
PROGRAMS = Path(os.environ.get("READER_PROGRAMS") or Path(sys.executable).parent)
"""The versions pinned here, or those that `make newest` has installed."""


@pytest.mark.long
@pytest.mark.parametrize("area", AREAS)
def test_every_text_is_what_is_printed(area: str) -> None:
    """Those that are not are named, with what was printed instead."""
    said = heard(area, PROGRAMS / "python")
    assert [name for name, words in said.items() if "RuntimeError: not within" in words] == [], "these did not happen"
    wrong = list(aged(area, said, ENTRIES))
    names = ", ".join(dict.fromkeys(name for name, _ in wrong))
    assert not wrong, "\n".join([f"no longer what is printed: {names}", *(message for _, message in wrong)])


def test_an_entry_whose_text_is_no_longer_printed_is_named() -> None:
    """By its address and the text; and one that is printed is not."""
    entry = Entry("area", "gone", "why", "mend", texts=("A {name} is missing.", "Sorry."), reproduce=("area:scene",))
    assert list(aged("area", {"scene": "A spoon is missing.\nSorry."}, [entry])) == []
    assert list(aged("other", {}, [entry])) == []
    ((name, message),) = aged("area", {"scene": "No spoon.\nSorry."}, [entry])
    assert name == "gone"
    assert message == "[gone] A {name} is missing.\n    ['scene']: No spoon.\nSorry."


@pytest.mark.parametrize("area", AREAS)
def test_every_failure_is_an_entrys(area: str) -> None:
    """What no entry names is not made to happen for anybody; what one names is there."""
    tree = ast.parse((ROOT / "failures" / f"{area}.py").read_text(encoding="utf-8"))
    there = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    scenes = [scene.partition(":") for entry in ENTRIES for scene in entry.reproduce]
    assert {name for name in there if not name.startswith("_")} == {name for where, _, name in scenes if where == area}


KNOWN = known(ROOT / "docs/symptoms/entries", ROOT, ROOT / "docs")
PASTES = json.loads((ROOT / "failures/pastes.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("paste", PASTES, ids=[paste["entry"] for paste in PASTES])
def test_what_people_have_pasted_in_public_finds_its_entry_first(paste: dict[str, str]) -> None:
    """As in issue trackers and forums, shortened: with names, paths and versions that are nobody's here."""
    found = find(KNOWN, paste["pasted"])
    assert [ENTRIES[one.entry].name for one in found][:1] == [paste["entry"]]
