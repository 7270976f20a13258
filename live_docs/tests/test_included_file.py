"""Which file a block of code comes from stands in the page, where the extension is told of such files."""

from pathlib import Path

from markdown import Markdown


def convert(folder: Path, text: str) -> str:
    (folder / "app").mkdir()
    (folder / "app/echo.py").write_text("# --8<-- [start:one]\none = 1\n# --8<-- [end:one]\n")
    (folder / "other.py").write_text("other = 2\n")
    markdown = Markdown(
        extensions=[
            "attr_list",
            "pymdownx.snippets",
            "pymdownx.superfences",
            "pymdownx.highlight",
            "live_docs.markdown.included_file",
        ],
        extension_configs={
            "pymdownx.snippets": {"base_path": [str(folder)]},
            "live_docs.markdown.included_file": {"files": ["app/*"]},
        },
    )
    return markdown.convert(text)


def test_a_block_says_which_file_it_is(tmp_path: Path) -> None:
    """Whole or a section of it, and beside the title that it has."""
    html = convert(
        tmp_path,
        '```python\n--8<-- "app/echo.py"\n```\n\n```python title="echo"\n--8<-- "app/echo.py:one"\n```\n',
    )
    assert html.count('data-file="app/echo.py"') == 2
    assert '<span class="filename">echo</span>' in html
    assert "8&lt;" not in html


def test_other_blocks_are_left_alone(tmp_path: Path) -> None:
    """From other files, and typed ones."""
    html = convert(tmp_path, '```python\n--8<-- "other.py"\n```\n\n```python\ntyped = 3\n```\n')
    assert "data-file" not in html
    assert html.count("highlight") == 2
