"""Pages as Markdown: of small pages made here, and of all pages of this site."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from live_docs.__main__ import main
from live_docs.as_markdown.site import write_markdown
from live_docs.entries.entry import read_entries
from live_docs.markdown.pages import find_fences
from live_docs.style.rules import find_rules
from testing.project import ROOT

TRANSCRIPT = """```live title="An echo" lanes="wire"
connect /ws/echo/
accepted
# It comes back.
alice: > [?hello?]
alice: < hello
@daphne nothing
alice: close 1000
```"""

Write = Callable[..., str]


@pytest.fixture
def text_of(tmp_path: Path) -> Write:
    """Write a page of a small project, beside other files, and return its Markdown."""
    (tmp_path / "pyproject.toml").write_text('[tool.live_docs]\ndocs = "docs"\n')

    def write(source: str, page: str = "learn/one.md", **files: str) -> str:
        for name, text in {f"docs/{page}": source, **{key.replace("__", "/"): files[key] for key in files}}.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        rules, site = find_rules(tmp_path / "docs"), tmp_path / "site"
        site.mkdir(exist_ok=True)
        write_markdown(rules, site)
        return (site / Path(page).with_suffix("") / "index.html.md").read_text()

    return write


def test_a_transcript_is_text_with_its_predictions_filled_in(text_of: Write) -> None:
    """And a line that goes differently elsewhere says so in words."""
    transcript = TRANSCRIPT.replace("connect", "alice: connect").replace("\naccepted", "\nalice: accepted")
    assert text_of(f"# One\n\n{transcript}\n") == (
        "# One\n\n**An echo**, a transcript that the page runs:\n\n```text\nalice: connect /ws/echo/\n"
        "alice: accepted\n# It comes back.\nalice: > hello\nalice: < hello\n    (on plain Daphne: nothing comes)\n"
        "alice: close 1000\n```\n"
    )


def test_what_a_page_is_about_stands_under_its_title(text_of: Write) -> None:
    """It is front matter's, which is no part of the text."""
    assert text_of('---\ndescription: "About: one."\nhide:\n  - toc\n---\n# One\n') == "# One\n\n> About: one.\n"


def test_included_code_is_there_and_says_which_file_it_is(text_of: Write) -> None:
    """Without the marks of its sections, and with its blank lines."""
    code = "import json\n\n\n# --8<-- [start:half]\ndef half():\n    return 1\n\n\n# --8<-- [end:half]\nrest = 2\n"
    page = (
        '# One\n\n```python\n--8<-- "app.py"\n```\n\n    ```python title="mine.py"\n    --8<-- "app.py:half"\n    ```\n'
    )
    assert text_of(page, **{"app.py": code}) == (
        "# One\n\n`app.py`:\n\n```python\nimport json\n\n\ndef half():\n    return 1\n\n\nrest = 2\n```\n\n"
        "`mine.py`:\n\n```python\ndef half():\n    return 1\n```\n"
    )


def test_prose_may_include_prose(text_of: Write) -> None:
    causes = (
        "<!-- Causes. -->\n<!-- --8<-- [start:why] -->\nBecause of `<!-- this -->`.\n<!-- --8<-- [end:why] -->\nNo.\n"
    )
    assert text_of('# One\n\n--8<-- "causes.md:why"\n', **{"causes.md": causes}) == (
        "# One\n\nBecause of `<!-- this -->`.\n"
    )


def test_what_is_folded_is_unfolded(text_of: Write) -> None:
    page = '# One\n\n??? question "Does it "echo"?"\n    Yes.\n\n    ```python\n    say()\n    ```\n\nMore.\n'
    assert text_of(page) == '# One\n\n**Does it "echo"?**\n\nYes.\n\n```python\nsay()\n```\n\nMore.\n'


def test_nothing_that_only_a_build_understands_is_left(text_of: Write) -> None:
    """Attributes, comments, drawings and the boxes of tools; code that looks like them stays."""
    page = """# One

<!-- for authors -->
[Two](two.md){ data-challenges="3" } says `{ #this }` and `<div>`.
{ .word }

<div class="live"><tool-frame data-preset="x"><p>With JavaScript
you could build frames.</p>
<form></form>
</tool-frame></div>

<figure>
<svg viewBox="0 0 1 1"><title id="one">One message</title><g/></svg>
<figcaption>It goes round.</figcaption>
</figure>

## `Not Found` { #not-found }

```python { data-not-run="it shows what is wrong" }
wrong()
```
"""
    assert text_of(page) == (
        "# One\n\n[Two](../two/index.html.md) says `{ #this }` and `<div>`.\n\n"
        "> [On the page](./): With JavaScript you could build frames.\n\n"
        "*Drawing: One message.*\nIt goes round.\n\n"
        "## `Not Found`\n\n[This on the page](./#not-found)\n\n```python\nwrong()\n```\n"
    )


def test_links_lead_to_the_markdown_of_pages_and_to_files(text_of: Write) -> None:
    """From where the Markdown is, which is a folder deeper than its source."""
    page = "# One\n\n[a](two.md#there), [b](../index.md), [c](#here), [d](https://e.org/x.md), ![e](../assets/e.png)\n"
    assert text_of(page).endswith(
        "[a](../two/index.html.md#there), [b](../../index.html.md), [c](#here), [d](https://e.org/x.md), "
        "![e](../../assets/e.png)\n"
    )


def test_llms_txt_names_the_pages_as_the_home_page_links_to_them(tmp_path: Path) -> None:
    """Under the headings that the project gives."""
    (tmp_path / "docs/learn").mkdir(parents=True)
    (tmp_path / "site").mkdir()
    sections = '[[tool.live_docs.sections]]\nheading = "Learn"\nfiles = "docs/learn/*.md"\n'
    (tmp_path / "pyproject.toml").write_text(f'[tool.live_docs]\ndocs = "docs"\n{sections}')
    (tmp_path / "docs/index.md").write_text("---\ndescription: A course.\n---\n# Home\n\n[Two](learn/two.md)\n")
    for name in ("one", "two"):
        (tmp_path / f"docs/learn/{name}.md").write_text(f"---\ndescription: About {name}.\n---\n# The {name}\n")
    assert main(["markdown", str(tmp_path / "site"), "--docs", str(tmp_path / "docs")]) == 0
    written = (tmp_path / "site/llms.txt").read_text()
    assert written.startswith("# Home\n\n> A course.\n\n")
    assert written.endswith(
        "\n## Learn\n\n- [The two](learn/two/index.html.md): About two.\n"
        "- [The one](learn/one/index.html.md): About one.\n"
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """All pages of this site as Markdown, and llms.txt, by their paths below the site."""
    site = tmp_path_factory.mktemp("site")
    write_markdown(find_rules(ROOT / "docs"), site)
    return {file.relative_to(site).as_posix(): file.read_text() for file in site.rglob("*") if file.is_file()}


BUILD_ONLY = re.compile(
    r"--8<--|\[\?|\{:? ?[#.][\w-]+ ?\}|</?(tool|live)-|data-challenges|<!--|^\?\?\? |^!!! |@daphne|@uvicorn"
)


def test_no_page_of_this_site_keeps_anything_of_the_build(whole: dict[str, str]) -> None:
    """Outside of code; and no fence is one that only this site knows."""
    left = []
    for name, text in whole.items():
        fences = list(find_fences(text))
        assert not {fence.language for fence in fences} & {"live", "challenge", "mend"}, name
        code = {number for fence in fences for number in range(fence.line, fence.last + 1)}
        prose = [line for number, line in enumerate(text.split("\n"), 1) if number not in code]
        left += [f"{name}: {line}" for line in prose if BUILD_ONLY.search(re.sub(r"(`+).*?\1", "", line))]
    assert left == []


def test_every_page_of_this_site_is_named_and_every_link_leads_somewhere(whole: dict[str, str]) -> None:
    """To the Markdown of a page, to a page, or to a file of the site."""
    pages = {name.removesuffix(".md") for name in whole if name != "llms.txt"}
    assert len(pages) == len(list((ROOT / "docs").rglob("*.md")))
    assert {f"{page}.md" for page in pages} - set(re.findall(r"\]\(([^)#]+)\)", whole["llms.txt"])) == {"index.html.md"}
    lost = []
    for name, text in whole.items():
        for target in re.findall(
            r"\]\((?!https?:|#)([^)#\s]+)[^)]*\)", re.sub(r"(`+).*?\1", "", text, flags=re.DOTALL)
        ):
            there = Path(ROOT, name).parent.joinpath(target).resolve().relative_to(ROOT).as_posix()
            known = (
                there in whole,
                (f"{there}/index.html").removeprefix("./") in pages,
                (ROOT / "docs" / there).exists(),
            )
            if not any(known):
                lost.append(f"{name}: {target}")
    assert lost == []


def test_every_error_message_is_in_it(whole: dict[str, str]) -> None:
    """With its address, what to do, and a line of its own in llms.txt."""
    for entry in read_entries(ROOT / "docs/symptoms/entries"):
        text = whole[f"symptoms/{entry.area}/index.html.md"]
        assert f"[This on the page](./#{entry.name})" in text
        assert f"- [{entry.heading}](symptoms/{entry.area}/index.html.md#{entry.name})" in whole["llms.txt"]
