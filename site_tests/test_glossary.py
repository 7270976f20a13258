"""The glossary: a word, a sentence or two, and where it is shown."""

import re

from testing.project import ROOT

GLOSSARY = (ROOT / "docs/reference/glossary.md").read_text(encoding="utf-8")
ENTRIES = dict(re.findall(r"^## (.+)\n\n(.+)$", GLOSSARY, re.MULTILINE))


def test_each_word_has_one_short_entry_that_leads_to_where_it_is_shown() -> None:
    """In the order of the alphabet, so that somebody who looks finds it."""
    assert len(ENTRIES) == GLOSSARY.count("\n## ") > 30
    words = [word.strip("`").lower() for word in ENTRIES]
    assert words == sorted(words)
    for word, text in ENTRIES.items():
        told, links = re.subn(r"\[[^\]]+\]\([a-z./-]+\.md(?:#[\w-]+)?\)\.?$", "", text)
        assert links == 1, word
        assert told.count(". ") <= 2, word
