"""Each text of an entry is what the named programs print: made to happen, and looked for as in a reader's paste."""

from __future__ import annotations

import ast
import json
import subprocess
import sys

import pytest

from live_docs.entries.compiled import compiled
from live_docs.entries.entry import Entry, read_entries
from live_docs.entries.matching import find
from testing.project import ROOT

ENTRIES = read_entries(ROOT / "docs/symptoms/entries")
AREAS = sorted({scene.partition(":")[0] for entry in ENTRIES for scene in entry.reproduce})


def heard(area: str) -> dict[str, str]:
    """What each failure of a module says."""
    command = [sys.executable, "-m", "failures", area]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    said: dict[str, str] = json.loads(ended.stdout.splitlines()[-1])
    return said


def alone(entry: Entry, text: str) -> list[dict[str, object]]:
    """The entry, as if it had no other text."""
    (data,) = compiled([entry], ROOT, "")
    return [{**data, "texts": [known for known in data["texts"] if known["text"] == text]}]


@pytest.mark.long
@pytest.mark.parametrize("area", AREAS)
def test_every_text_is_what_is_printed(area: str) -> None:
    """Those that are not are named, with what was printed instead."""
    said = heard(area)
    assert [name for name, words in said.items() if "RuntimeError: not within" in words] == [], "these did not happen"
    wrong = []
    for entry in ENTRIES:
        scenes = [name for where, _, name in (scene.partition(":") for scene in entry.reproduce) if where == area]
        printed = "\n".join(said[name] for name in scenes)
        for text in entry.texts if scenes else ():
            if not [one for one in find(alone(entry, text), printed) if one.how == "text"]:
                wrong.append(f"[{entry.name}] {text}\n    {scenes}: {printed[-1500:]}")
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("area", AREAS)
def test_every_failure_is_an_entrys(area: str) -> None:
    """What no entry names is not made to happen for anybody; what one names is there."""
    tree = ast.parse((ROOT / "failures" / f"{area}.py").read_text(encoding="utf-8"))
    there = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    scenes = [scene.partition(":") for entry in ENTRIES for scene in entry.reproduce]
    assert {name for name in there if not name.startswith("_")} == {name for where, _, name in scenes if where == area}


PASTES = json.loads((ROOT / "failures/pastes.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("paste", PASTES, ids=[paste["entry"] for paste in PASTES])
def test_what_people_have_pasted_in_public_finds_its_entry_first(paste: dict[str, str]) -> None:
    """As in issue trackers and forums, shortened: with names, paths and versions that are nobody's here."""
    found = find(compiled(ENTRIES, ROOT, ""), paste["pasted"])
    assert [ENTRIES[one.entry].name for one in found][:1] == [paste["entry"]]
