"""The rules that a project gives its pages: each kept, and each broken once and told with file and line."""

from pathlib import Path

import pytest

from live_docs.__main__ import main

CHALLENGE = '```challenge title="{}"\n# Do it.\nclosed 4000\n? How?\n---\n# Why.\nconnect /a/\nclosed 4000\n```\n'
QUESTIONS = '??? question "One?"\n    Yes.\n\n??? question "Two?"\n    No.\n'
HOME = '---\ntitle: x\n---\n# Home\n\n[A page](learn/page.md){ data-challenges="1" }\n'
PAGE = f"---\ndescription: x\n---\n# A page\n{CHALLENGE.format('A')}\n{QUESTIONS}\n## Sources\n\n"
PRINTING = f'{PAGE}```python\n--8<-- "app/code.py"\n```\n'

RULES = """
[tool.live_docs]
docs = "docs"
[[tool.live_docs.pages]]
files = "docs/learn/*.md"
front_matter = ["description"]
headings = ["Sources"]
details = { question = 2 }
challenges = 1
challenges_say_why = true
footnotes_in_order = true
[[tool.live_docs.printed]]
files = "app/*.py"
language = "python"
longest = 3
[[tool.live_docs.code]]
files = "**/*.py"
run_by = "app/code.py"
[tool.live_docs.counted]
page = "docs/index.md"
attribute = "data-challenges"
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in which every rule is kept."""
    for folder in ("docs/learn", "app"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(RULES)
    (tmp_path / "docs/index.md").write_text(HOME)
    (tmp_path / "docs/learn/page.md").write_text(PRINTING)
    (tmp_path / "app/code.py").write_text("a = 1\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))


def test_pages_that_keep_every_rule_are_fine(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a server; one line says what was read."""
    assert main(["check", "docs"]) == 0
    assert capsys.readouterr().out == "2 pages, 1 transcripts read, 0 mistakes\n"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("description: x", "title: x", "1: the front matter has no description: write `description: …`"),
        ("---\ndescription: x\n---\n", "", "1: the front matter has no description"),
        ("description: x", "description:", "1: the front matter has no description"),
        ("## Sources", "## Source", "1: the heading `## Sources` is missing: write it"),
        ("## Sources", "```text\n## Sources\n```", "1: the heading `## Sources` is missing"),
        ("## Sources", "## Sources\n\n## Sources", "23: the heading `## Sources` stands 2 times: write it once"),
        ('??? question "Two?"', "And:", "15: this page has 1 `??? question`: write 2"),
        (
            "## Sources\n",
            "Two,[^b] one.[^a]\n\n## Sources\n\n[^a]: A.\n[^b]: B.\n",
            "25: a reader meets the footnote [^b] before",
        ),
        ("## Sources", '??? question "Three?"\n\n## Sources', "21: this page has 3 `??? question`: write 2"),
        (CHALLENGE.format("A"), "", "1: this page has 0 challenges: write 1 or more"),
        ("# Why.\n", "", "5: this solution does not say why it is one: write a note"),
        (
            "# A page",
            "# A page\n```text\nconnect /a/\n```",
            "5: this transcript is never played: its fence is no ```live",
        ),
        (
            "# A page",
            "# A page\n\nbob: connect /a/ as=bob\n",
            "6: this transcript is never played: write it in a ```live",
        ),
        ("? How?\n", "", "6: a challenge needs a hint"),
    ],
)
def test_a_rule_for_a_page_is_told_at_its_line(
    project: Path, capsys: pytest.CaptureFixture[str], before: str, after: str, told: str
) -> None:
    """What is wrong, and what to write; a page by itself may be checked."""
    page = project / "docs/learn/page.md"
    change(page, before, after)
    assert main(["check", "docs/learn/page.md"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"docs/learn/page.md:{told}")
    assert lines[1:] == [f"1 pages, {0 if 'challenge' in told else 1} transcripts read, 1 mistakes"]


TYPED = "16: this code is typed into the page, where nothing runs it: include it from a file that runs"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("```python\na = 1\n```", TYPED),
        ("```bash\npip install it\n```", TYPED),
        ('```python\n--8<-- "app/code.py"\na = 1\n```', TYPED.replace("16", "17")),
        ('??? example "Folded"\n    ```python\n    a = 1\n    ```', TYPED.replace("16", "17")),
        (
            '```python\n--8<-- "pyproject.toml"\n```',
            "16: nothing runs pyproject.toml: name it, and what runs it, in [[tool.",
        ),
        ('```python { data-not-run="" }\na = 1\n```', "15: data-not-run says no reason"),
    ],
)
def test_code_that_nothing_runs_is_told(
    project: Path, capsys: pytest.CaptureFixture[str], code: str, told: str
) -> None:
    """At the line that is typed, folded blocks and shell commands included; `code` tells it, too."""
    change(project / "docs/learn/page.md", QUESTIONS, f"{code}\n\n{QUESTIONS}")
    assert main(["check", "docs"]) == 1
    assert capsys.readouterr().out.startswith(f"docs/learn/page.md:{told}")
    assert main(["code", "docs"]) == 1
    assert capsys.readouterr().out.endswith(" blocks of code, 1 that nothing runs\n")


def test_code_that_runs_is_listed_with_what_runs_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And what is not run, with the reason that its fence gives."""
    typed = '```python { data-not-run="it shows what is wrong" }\na = 1\n```\n\n```text\nwords\n```'
    change(project / "docs/learn/page.md", QUESTIONS, f"{typed}\n\n{QUESTIONS}")
    assert main(["check", "docs"]) == 0
    capsys.readouterr()
    assert main(["code", "docs"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        "docs/learn/page.md:15 python, typed not run: it shows what is wrong",
        "docs/learn/page.md:32 app/code.py app/code.py",
        "2 blocks of code, 0 that nothing runs",
    ]


@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        ("docs/learn/page.md", "code.py", "code.py:part", "app/code.py:1: no page prints this file whole"),
        ("docs/learn/page.md", "```python", "```text", "app/code.py:1: no page prints this file whole"),
        ("app/code.py", "a = 1\n", "a = 1\n" * 4, "app/code.py:4: this file has 4 lines, and a page prints it whole"),
        ("docs/index.md", '="1"', '="2"', 'docs/index.md:6: learn/page.md has 1 challenges: write data-challenges="1"'),
        ("docs/index.md", "{ data-challenges", "{ data-others", "docs/index.md:1: no link leads to learn/page.md"),
    ],
)
def test_a_rule_for_all_pages_is_told_where_it_is_mended(
    project: Path, capsys: pytest.CaptureFixture[str], file: str, before: str, after: str, told: str
) -> None:
    """Code that runs is printed whole and short, and the home page counts right."""
    change(project / file, before, after)
    assert main(["check", "docs"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(told)
    assert lines[1:] == ["2 pages, 1 transcripts read, 1 mistakes"]


@pytest.fixture
def using(project: Path) -> Path:
    """The same, and the printed file uses two other ones: a guard, and a figure, each of which is printed."""
    change(project / "pyproject.toml", "longest = 3", "longest = 3\nimports = true")
    (project / "app/code.py").write_text("import re\nfrom house.guard import Guard\nfrom house.limits import MOST\n")
    (project / "house").mkdir()
    (project / "house/guard.py").write_text("class Guard: ...\n")
    (project / "house/other.py").write_text("")
    sections = "# --8<-- [start:{0}]\n{1} = 8\n# --8<-- [end:{0}]\n"
    (project / "house/limits.py").write_text(sections.format("most", "MOST") + sections.format("other", "OTHER"))
    with (project / "docs/index.md").open("a") as home:
        home.write('\n```python\n--8<-- "house/guard.py"\n```\n')
    with (project / "docs/learn/page.md").open("a") as page:
        page.write('\n```python\n--8<-- "house/limits.py:most"\n```\n')
    return project


def test_what_a_printed_file_uses_may_be_printed_on_any_page_and_a_section_beside_it(using: Path) -> None:
    """And what comes from elsewhere, such as the standard library, is nobody's to print."""
    assert main(["check", "docs"]) == 0


@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        (
            "docs/learn/page.md",
            ":most",
            ":other",
            "3: no reader of this file sees MOST of house/limits.py: "
            'write `--8<-- "house/limits.py:most"` in a ```python fence of docs/learn/page.md',
        ),
        (
            "docs/index.md",
            "guard.py",
            "other.py",
            "2: no reader of this file sees Guard of house/guard.py: write `--8<-- ",
        ),
        ("docs/index.md", "```python", "```text", "2: no reader of this file sees Guard of house/guard.py"),
        ("app/code.py", "MOST", "OTHER", "3: no reader of this file sees OTHER of house/limits.py: write `--8<-- "),
        (
            "app/code.py",
            "from house.limits import MOST",
            "import house.limits",
            "3: no reader of this file sees limits of",
        ),
        ("app/code.py", "from house.limits", "from ..house.limits", ""),
        (
            "app/code.py",
            "from house.limits import MOST",
            "from ..house import limits",
            "3: no reader of this file sees",
        ),
        ("house/limits.py", "MOST = 8", "", '3: no reader of this file sees MOST of house/limits.py: write `--8<-- "'),
    ],
)
def test_what_a_printed_file_uses_and_no_page_prints_is_told_at_its_import(
    using: Path, capsys: pytest.CaptureFixture[str], file: str, before: str, after: str, told: str
) -> None:
    """A figure has to stand beside the file: on another page, or in a section that is not there, nobody sees it."""
    change(using / file, before, after)
    assert main(["check", "docs"]) == (1 if told else 0)
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith(f"app/code.py:{told or '?'}")] == lines[:-1]
    assert lines[-1].endswith(f" {len(lines) - 1} mistakes")
    assert len(lines) == (2 if told else 1)


def test_a_section_on_another_page_does_not_stand_beside_the_file(
    using: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A figure is printed where its sandbox is."""
    change(using / "docs/learn/page.md", "limits.py:most", "limits.py:other")
    with (using / "docs/index.md").open("a") as home:
        home.write('\n```python\n--8<-- "house/limits.py:most"\n```\n')
    assert main(["check", "docs"]) == 1
    assert "app/code.py:3: no reader of this file sees MOST" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("longest", "length", "[tool.live_docs.printed] has no `length`: write files, language, longest, imports"),
        ("longest = 3\n", "", "[tool.live_docs.printed]: "),
        ("[tool.live_docs.counted]", "[tool.live_docs.count]", "[tool.live_docs] has no `count`: write docs, pages"),
        ('run_by = "app/code.py"', 'run_by = "tests.py"', "[tool.live_docs.code]: there is no tests.py"),
        ('code]]\nfiles = "**', 'code]]\nfiles = "none', "[tool.live_docs.code]: there is no none/"),
        ('docs = "docs"', "", '[tool.live_docs] names no folder of pages: write docs = "docs"'),
    ],
)
def test_a_rule_that_cannot_be_read_is_said(
    project: Path, capsys: pytest.CaptureFixture[str], before: str, after: str, told: str
) -> None:
    """A mistyped rule would never be broken: nothing is checked, and the exit status is 2."""
    change(project / "pyproject.toml", before, after)
    with pytest.raises(SystemExit) as left:
        main(["check", "docs"])
    assert left.value.code == 2
    assert f"pyproject.toml: {told}" in capsys.readouterr().err


def test_a_project_without_rules_has_its_fences_checked(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The rules are a project's own: other people's pages need no challenge and no question."""
    (project / "pyproject.toml").write_text("")
    (project / "docs/learn/page.md").write_text("# A page\n\n```live\nnonsense\n```\n")
    assert main(["check", "docs"]) == 1
    assert [line.split(" ")[0] for line in capsys.readouterr().out.splitlines()] == ["docs/learn/page.md:4:", "2"]
