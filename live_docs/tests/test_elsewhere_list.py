"""The list of all lines that go differently elsewhere: what it says, where its links lead, who sees to it."""

from pathlib import Path

import pytest
from markdown import Markdown

from live_docs.__main__ import main
from live_docs.markdown import challenge_fence, fence
from live_docs.markdown.elsewhere_list import places
from live_docs.markdown.pages import read_pages

RULES = """
[tool.live_docs]
docs = "docs"
[tool.live_docs.elsewhere]
file = "list.md"
page = "docs/reference/servers.md"
"""
TURN = '```live title="A wrong turn"\nconnect /a/\nrefused 404\n@daphne refused 500\n@uvicorn refused 500\n```\n'
GOODBYES = """```live title="Goodbyes"
connect /b/
closed 1000 bye
@daphne closed 1000
connect /c/
closed 1012
@daphne closed 1011
connect /d/
closed 1011
@uvicorn closed 1006
connect /e/
accepted
>
<
@daphne nothing
```
"""
TOLD = """<!-- Written by `make elsewhere` from the lines of the pages: change it there. -->

<!-- --8<-- [start:closed-1006] -->
- `closed 1011`, on uvicorn `closed 1006`: Partings, <a href="../../learn/bye/#goodbyes-line-8">`/d/`</a>
<!-- --8<-- [end:closed-1006] -->

<!-- --8<-- [start:closed-code] -->
- `closed 1012`, on plain Daphne `closed 1011`: Partings, <a href="../../learn/bye/#goodbyes-line-5">`/c/`</a>
<!-- --8<-- [end:closed-code] -->

<!-- --8<-- [start:closed-reason] -->
- `closed 1000 bye`, on plain Daphne `closed 1000`: Partings, <a href="../../learn/bye/#goodbyes-line-2">`/b/`</a>
<!-- --8<-- [end:closed-reason] -->

<!-- --8<-- [start:receive-nothing] -->
- `<`, on plain Daphne nothing comes: Partings, <a href="../../learn/bye/#goodbyes-line-13">`/e/`</a>
<!-- --8<-- [end:receive-nothing] -->

<!-- --8<-- [start:refused-refused] -->
- `refused 404`, on plain Daphne and uvicorn `refused 500`:
    - Home, <a href="../../#a-wrong-turn-line-2">`/a/`</a>
    - Partings, <a href="../../learn/bye/#a-wrong-turn-line-2">`/a/`</a>
<!-- --8<-- [end:refused-refused] -->
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose list is written, and whose page includes all of it."""
    for folder in ("docs/learn", "docs/reference"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(RULES)
    (tmp_path / "docs/index.md").write_text(f"# Home\n\n{TURN}")
    (tmp_path / "docs/learn/bye.md").write_text(f"# Partings\n\n{TURN}\n{GOODBYES}")
    kinds = ("closed-1006", "closed-code", "closed-reason", "receive-nothing", "refused-refused")
    includes = "\n".join(f'--8<-- "list.md:{kind}"' for kind in kinds)
    (tmp_path / "docs/reference/servers.md").write_text(f"# Servers\n\n{includes}\n")
    monkeypatch.chdir(tmp_path)
    assert main(["elsewhere", "docs"]) == 0
    return tmp_path


def test_the_list_has_each_line_under_its_kind_with_a_link(project: Path) -> None:
    """What it says here, what comes there, and where it stands."""
    assert (project / "list.md").read_text() == TOLD


def test_a_list_that_is_true_is_fine(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As it has just been written."""
    assert main(["check", "docs"]) == 0
    assert capsys.readouterr().out == "3 pages, 3 transcripts read, 0 mistakes\n"


def test_a_list_that_is_out_of_date_is_a_mistake(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page has changed, and nobody has written it out."""
    (project / "docs/index.md").write_text(f"# Home\n\n{TURN.replace('500', '403')}")
    assert main(["check", "docs"]) == 1
    assert capsys.readouterr().out.startswith("list.md:1: this is not what the pages say of other servers: run `")


def test_a_kind_that_the_page_leaves_out_is_a_mistake(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A reader would not find those lines."""
    page = project / "docs/reference/servers.md"
    page.write_text(page.read_text().replace('--8<-- "list.md:closed-code"\n', ""))
    assert main(["check", "docs"]) == 1
    said = capsys.readouterr().out
    assert "docs/reference/servers.md:1: this page leaves out lines" in said
    assert 'write `--8<-- "list.md:closed-code"`' in said


def test_two_lines_of_a_page_with_one_address_are_a_mistake(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A link to the second would lead to the first."""
    (project / "docs/index.md").write_text(f"# Home\n\n{TURN}\n{TURN}")
    assert main(["elsewhere", "docs"]) == 0
    assert main(["check", "docs"]) == 1
    assert "docs/index.md:12: another transcript of this page has the same title" in capsys.readouterr().out


def test_a_project_that_names_no_list_is_told_so(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written anywhere."""
    (project / "pyproject.toml").write_text('[tool.live_docs]\ndocs = "docs"\n')
    with pytest.raises(SystemExit):
        main(["elsewhere", "docs"])
    assert "pyproject.toml names no file for it" in capsys.readouterr().err


def test_each_link_leads_to_its_line(root: Path) -> None:
    """On every page of this site, the address in the list is the one that the fence gives the line."""
    formats = {"live": fence.format_live, "challenge": challenge_fence.format_challenge}
    custom = [
        {"name": name, "class": name, "validator": fence.validate, "format": formatter}
        for name, formatter in formats.items()
    ]
    extension = {"pymdownx.superfences": {"custom_fences": custom}}
    found = list(places(list(read_pages(root / "docs"))))
    assert len(found) > 50
    for path in {place.page.path for place in found}:
        markdown = Markdown(extensions=["pymdownx.superfences", "pymdownx.details"], extension_configs=extension)
        html = markdown.convert(path.read_text())
        for place in found:
            if place.page.path == path:
                assert html.count(f' id="{place.anchor}"') == 1
