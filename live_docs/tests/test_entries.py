"""Entries as they are written, each mistake told, and what is made of them: a page, a list, an answer in a terminal."""

import io
import json
import re
from pathlib import Path

import pytest
from markdown import Markdown

from live_docs.__main__ import known_entries, main
from live_docs.entries.compiled import plain
from live_docs.entries.entry import EntryError, read_area, read_entries
from live_docs.markdown.entry_list import EntryListExtension

RULES = """
[tool.live_docs]
docs = "docs"
[tool.live_docs.entries]
folder = "docs/wrong/entries"
file = "docs/entries.json"
"""
ENTRY = """
[no-such-room]
texts = ['''No room {name} here.''']
why = "The door is `locked`."
mend = "Open [the door](../learn/door.md)."
reproduce = "door:locked"
also = ["No room {name} there.", "It is closed.", "doors.py{*}It is open"]
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one entry."""
    (tmp_path / "docs/wrong/entries").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(RULES)
    (tmp_path / "docs/wrong/entries/door.toml").write_text(ENTRY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (ENTRY.replace('why = "', 'wyh = "'), "no `wyh`"),
        (ENTRY.replace("mend =", "see ="), "does not say `mend`"),
        (ENTRY.replace("[no-such-room]", "[No]"), "is no address"),
        (ENTRY.replace('reproduce = "door:locked"', ""), "whose word is it"),
        (ENTRY.replace("reproduce =", "source ="), "that nothing prints"),
        ('[no-such-room]\nwhy = "a"\nmend = "b"\nreproduce = "c:d"', "neither a title nor a text"),
        ("door = 1", "is no table"),
        ("[door", "door.toml"),
    ],
)
def test_an_entry_that_cannot_be_used_says_why(project: Path, written: str, told: str) -> None:
    file = project / "docs/wrong/entries/door.toml"
    file.write_text(written)
    with pytest.raises(EntryError, match=told.replace("[", r"\[")):
        read_area(file)


def test_an_address_is_one_entrys(project: Path) -> None:
    """Two files, one name; and no file at all."""
    folder = project / "docs/wrong/entries"
    (folder / "window.toml").write_text(ENTRY)
    with pytest.raises(EntryError, match="two entries are called no-such-room"):
        read_entries(folder)
    with pytest.raises(EntryError, match="there is no file of entries"):
        read_entries(project / "docs")


def test_a_page_has_the_entries_of_its_area_and_another_the_list(project: Path) -> None:
    """Each has the entry's address; the list leads to the page."""
    markdown = Markdown(extensions=["attr_list", "md_in_html", EntryListExtension(folder="docs/wrong/entries")])
    html = markdown.convert("# Doors\n\n<!-- entries door -->")
    assert '<h2 id="no-such-room"><code>No room … here.</code>, <code>No room … there.</code></h2>' in html
    assert "<strong>Why.</strong> The door is <code>locked</code>." in html
    assert "Made to happen by a test" in html
    heard = "<code>It is closed.</code>, <code>doors.py</code> and further down <code>It is open</code>"
    assert f"not made to happen here: {heard}" in html
    assert '<a href="door.md#no-such-room" id="no-such-room">' in markdown.reset().convert("<!-- entries list door -->")
    with pytest.raises(EntryError, match=r"window\.toml does not exist"):
        markdown.reset().convert("<!-- entries window -->")


def test_a_log_is_explained(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With the line, the text, cause, mend and address; what is not known ends with 1."""
    monkeypatch.setattr("sys.stdin", io.StringIO("all well\nERROR: No room 'garden' here."))
    assert main(["explain"]) == 0
    said = capsys.readouterr().out
    assert "line 2: ERROR: No room 'garden' here. [No room … here.]" in said
    assert "why: The door is locked." in said
    assert "mend: Open the door." in said
    assert "wrong/door/#no-such-room" in said
    monkeypatch.setattr("sys.stdin", io.StringIO("all well"))
    assert main(["explain"]) == 1
    assert "None of the entries" in capsys.readouterr().out


def test_a_traceback_without_its_end_is_said_to_be_cut_off(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whether an entry was found or not."""
    for line in ("raise Trouble()", "No room 'garden' here."):
        monkeypatch.setattr("sys.stdin", io.StringIO(f'  File "a.py", line 1, in b\n    {line}\n'))
        main(["explain"])
        assert "The traceback is cut off" in capsys.readouterr().out


def report(entry: str, words: str) -> str:
    return json.dumps({"entry": entry, "words": words, "source": "https://forum.example/1"}) + "\n"


def test_words_of_public_reports_count_for_their_entry(project: Path) -> None:
    """Each report counts a word once, and a word of many reports counts so often only."""
    plain = known_entries(Path("docs"))[0]["terms"]
    assert "wardrobe" not in plain
    file = project / "docs/wrong/entries/reports.jsonl"
    weights = []
    for times in (1, 2, 3, 4):
        file.write_text(report("no-such-room", "wardrobe wardrobes") * times)
        weights.append(known_entries(Path("docs"))[0]["terms"]["wardrob"])
    assert 0 < weights[0] < weights[1] < weights[2] == weights[3]
    assert known_entries(Path("docs"))[0]["terms"]["room"] == plain["room"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (report("attic", "stairs"), "reports.jsonl:2: there is no entry attic"),
        (
            '{"entry": "no-such-room"}',
            "reports.jsonl:2: a line is an object with `entry`, `words` and `source`",
        ),
        ("stairs", "reports.jsonl:2: a line is an object"),
        ("[1]", "reports.jsonl:2: a line is an object"),
    ],
)
def test_a_report_that_cannot_be_counted_says_where(project: Path, line: str, told: str) -> None:
    (project / "docs/wrong/entries/reports.jsonl").write_text(report("no-such-room", "key") + line)
    with pytest.raises(EntryError, match=re.escape(told)):
        known_entries(Path("docs"))


def test_a_star_in_code_is_no_emphasis() -> None:
    """Of what is printed as plain words."""
    assert plain("*Never* `/ws`: **always** `/ws/*`, and `*.example.org` *as well*.") == (
        "Never /ws: always /ws/*, and *.example.org as well."
    )


def test_code_keeps_its_signs() -> None:
    """Braces are no attributes there, brackets no link, and two stars no emphasis; a link may hold code."""
    assert plain("`f({ url })`, `a[0](b)`, `**kwargs`, [the `try`](x.md){ .wide }[^note]") == (
        "f({ url }), a[0](b), **kwargs, the try"
    )


def test_what_a_traceback_ends_with_and_no_entry_knows_is_said_first(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Entries about what led there are not taken for the answer."""
    trace = "Traceback (most recent call last):\n  File \"a.py\", line 1\n    No room 'garden' here.\nKeyError: 7\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(trace))
    assert main(["explain"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("None of the entries is about the last line, 'KeyError: 7'. These are about what led there.")
    assert "why: The door is locked." in said


def test_the_list_is_written_once(project: Path) -> None:
    """A file that says the same is left as it is: whoever watches it would build for nothing."""
    assert main(["entries", "docs"]) == 0
    file = project / "docs/entries.json"
    before = file.stat().st_mtime_ns
    assert '"name":"no-such-room"' in file.read_text()
    assert main(["entries", "docs"]) == 0
    assert file.stat().st_mtime_ns == before
