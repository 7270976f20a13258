"""Recorded runs in their files: under which key, in which file, and the rule that each transcript has one."""

from pathlib import Path

import pytest

from live_docs.markdown.pages import read_pages
from live_docs.notation.transcript import parse
from live_docs.recorded.runs import Run, file_of, key_of, read_runs, written
from live_docs.style.rules import RecordedRule, Rules
from live_docs.style.site_style import check_site
from live_docs.tests.recorded_samples import happening

ECHO = "connect /ws/echo/\n# why\n> hello\n< hello\n"
RUN = Run("2026-11-07", {"Channels": "4.3.2"}, [happening("open <b>", 1.26, toward="page")])


def test_a_run_is_found_by_what_its_transcript_says() -> None:
    """Not by its notes, its blanks or its place; but by its clients."""
    assert key_of(parse(ECHO)) == key_of(parse("\n" + ECHO.replace("# why\n", "").replace("< hello", "< [?hello?]")))
    assert key_of(parse(ECHO)) != key_of(parse(ECHO.replace("hello", "goodbye")))
    assert key_of(parse("connect /a")) != key_of(parse("alice: connect /a"))


def test_a_file_has_a_happening_a_line_and_is_read_as_it_was_written(tmp_path: Path) -> None:
    """So that a change can be read where it is reviewed."""
    runs = {"one": RUN, "two": Run("2026-11-08", {}, [happening("a"), happening("b")])}
    file = tmp_path / "page.json"
    file.write_text(written(runs))
    assert read_runs(file) == runs
    assert len(file.read_text().splitlines()) == 9
    assert read_runs(tmp_path / "none.json") == {}


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("index.md", "index"),
        ("learn/wsgi.md", "learn/wsgi"),
        ("symptoms/index.md", "symptoms"),
        ("a/reindex.md", "a/reindex"),
    ],
)
def test_a_pages_runs_are_kept_under_its_address(page: str, file: str, tmp_path: Path) -> None:
    """A browser knows no more of a page than that."""
    assert file_of(tmp_path / page, tmp_path, Path("recorded")) == Path("recorded") / f"{file}.json"


def test_a_transcript_without_a_run_of_its_lines_is_named_with_its_place(tmp_path: Path) -> None:
    """So is a file with runs of which the page has no transcript any more."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "page.md").write_text(f"# A page\n\n```live\n{ECHO}```\n")
    (docs / "recorded").mkdir()
    file = docs / "recorded/page.json"
    rules = Rules(tmp_path, docs, recorded=RecordedRule("docs/recorded", "widget", "server"))

    def said() -> list[str]:
        found = check_site(list(read_pages(docs)), rules)
        return [f"{path.relative_to(tmp_path)}:{problem.line}: {problem.message}" for path, problem in found]

    again = "run `python -m live_docs record docs/`"
    missing = f"docs/page.md:4: this transcript has no recorded run, or one of other lines: {again}"
    assert said() == [missing]
    file.write_text(written({"of other lines": RUN}))
    left = f"docs/recorded/page.json:1: 1 of these runs are of transcripts that the page has not: {again}"
    assert said() == [missing, left]
    file.write_text(written({key_of(parse(ECHO)): RUN}))
    assert said() == []
