"""Which entries a paste is about; the page's box and search are held to the same cases by js_tests/entries/."""

import json
from pathlib import Path
from typing import Any

import pytest

from live_docs.entries.compiled import compiled_text
from live_docs.entries.matching import find, unknown
from live_docs.entries.paste import Paste
from live_docs.entries.weighed import FIELDS, weighed

FILE = json.loads((Path(__file__).parent / "entry_cases.json").read_text(encoding="utf-8"))
ENTRIES = FILE["entries"]


@pytest.mark.parametrize("case", FILE["cases"], ids=[case["says"] for case in FILE["cases"]])
def test_finds_as_the_shared_cases_say(case: dict[str, Any]) -> None:
    """Entry by entry: how, by which line, and by which text; and the last line of a traceback that none is about."""
    found = find(ENTRIES, case["pasted"])
    assert [[ENTRIES[one.entry]["name"], one.how, one.line, one.text] for one in found] == case["found"]
    assert unknown(case["pasted"], found) == case.get("unknown", "")
    assert Paste(case["pasted"]).is_cut == case.get("cut", False)


def test_the_patterns_of_the_cases_are_those_that_texts_have() -> None:
    """Only Python makes patterns of texts."""
    texts = [text for entry in ENTRIES for text in entry["texts"]]
    assert texts == [compiled_text(text["text"]) for text in texts]


def test_the_weights_of_the_cases_are_those_that_words_have() -> None:
    """Only Python weighs the words of entries."""
    plain = [
        {field: entry.get(field, "") for field in FIELDS}
        | {"texts": "\n".join(text["text"] for text in entry["texts"]), "asked": "\n".join(entry.get("asked", []))}
        for entry in ENTRIES
    ]
    assert [entry["terms"] for entry in ENTRIES] == weighed(plain)
