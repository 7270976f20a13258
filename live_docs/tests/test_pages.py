"""Finding transcripts in Markdown, and mistakes in their fences that superfences passes over in silence."""

from pathlib import Path

import pytest

from live_docs.markdown.pages import Page, read_page


def page_of(tmp_path: Path, text: str) -> Page:
    path = tmp_path / "page.md"
    path.write_text(text)
    return read_page(path)


def test_a_live_fence_is_found_with_its_line_and_title(tmp_path: Path) -> None:
    """Line numbers are the file's, front matter included."""
    page = page_of(tmp_path, '---\ntitle: x\n---\n\n```live title="An echo"\nconnect /a/\n\n> hi\n```\n')
    assert page.problems == []
    assert [(live.line, live.title) for live in page.live] == [(5, "An echo")]
    assert [line.number for line in page.live[0].transcript.lines] == [6, 8]


def test_an_indented_live_fence_is_found(tmp_path: Path) -> None:
    """In an admonition or a list, a fence is indented; its steps are not."""
    page = page_of(tmp_path, "??? question\n\n    ```live\n    connect /a/\n    ```\n")
    assert [line.text for line in page.live[0].transcript.lines] == ["connect /a/"]


def test_a_live_fence_shown_as_an_example_is_not_played(tmp_path: Path) -> None:
    """A longer fence around it makes it text."""
    page = page_of(tmp_path, "````markdown\n```live\nnonsense\n```\n````\n")
    assert page.live == []
    assert page.problems == []


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("liv", "`liv` is no kind of fence: did you mean `live`?"),
        ("Live", "`Live` is no kind of fence: did you mean `live`?"),
        ("live my-name", "`my-name` is no option of a live fence"),
        ('live titel="x"', '`titel="x"` is no option of a live fence'),
        ("live title=x", "`title=x` is no option of a live fence"),
        ('live run="always"', '`run="always"` is no option of a live fence'),
        ("qzxv", "`qzxv` is no kind of fence: use `live`, a language, or `text`"),
    ],
)
def test_a_mistyped_fence_is_a_mistake_at_its_line(tmp_path: Path, header: str, part: str) -> None:
    """What superfences would print as ordinary code is reported instead."""
    page = page_of(tmp_path, f"# Title\n\n```{header}\nconnect /a/\n```\n")
    assert [problem.line for problem in page.problems] == [3]
    assert part in page.problems[0].message


def test_all_mistakes_of_a_page_are_reported(tmp_path: Path) -> None:
    """In the fences' names, in their options and in their steps, at once."""
    page = page_of(tmp_path, "```liv\n```\n```live x-y\nhello\n> hi\n```\n```live\nbye\n")
    assert [problem.line for problem in page.problems] == [1, 3, 4, 7]


def test_languages_that_can_be_highlighted_are_fine(tmp_path: Path) -> None:
    """Only a name that nobody knows is a mistake."""
    page = page_of(tmp_path, "```python\n```\n```\n```\n~~~ http\n~~~\n")
    assert page.problems == []
