"""Faults that are to be mended: how they are read, what they print, and that each fits the module that runs."""

import json
from functools import partial
from html import unescape
from pathlib import Path

import pytest
from markdown import Markdown
from pymdownx.superfences import SuperFencesException

from live_docs.__main__ import main
from live_docs.markdown import fence, mend_fence
from live_docs.markdown.faulty_module import break_module, excerpt
from live_docs.markdown.pages import read_page
from live_docs.notation.mend import parse_mend
from live_docs.notation.steps import Refused
from live_docs.notation.transcript import TranscriptError

MODULE = """import channels


class Echo(channels.Consumer):
    async def receive(self, text):
        await self.send(text)


class Other:
    pass


routes = [Echo.as_asgi()]
"""

WHOLE = """# *Nobody gets in:* 500.
? Read the end.
-    def receive(self, text):
-        self.send(text)
+    async def receive(self, text):
+        await self.send(text)

-routes = [Echo]
+routes = [Echo.as_asgi()]
# A route leads to an application.
---
connect /a/
@faulty refused 500
accepted
> hi
< hi"""

FAULTY = MODULE.replace("async def", "def").replace("await ", "").replace(".as_asgi()", "")


def test_a_mend_is_read() -> None:
    """What is reported, hints, the diff in its places, why, and the line that fails, with the file's numbers."""
    mend = parse_mend(WHOLE, 11)
    assert (mend.report, mend.hints) == ("*Nobody gets in:* 500.", ("Read the end.",))
    assert mend.why == "A route leads to an application."
    assert [change.number for change in mend.changes] == [13, 18]
    assert break_module(MODULE, mend.changes) == FAULTY
    assert [line.number for line in mend.transcript.lines] == [22, 24, 25, 26]
    assert (mend.failing.number, mend.failing.line, mend.failing.came) == (23, 22, Refused(500))


@pytest.mark.parametrize(
    ("before", "after", "line", "told"),
    [
        pytest.param("---\n", "", 1, "a mend needs a line `---`", id="no transcript"),
        pytest.param("# *Nobody gets in:* 500.\n", "", 1, "a mend says what is reported", id="no report"),
        pytest.param("? Read the end.\n", "", 1, "a mend needs a hint", id="no hint"),
        pytest.param("# A route leads to an application.\n", "", 1, "says why its solution is one", id="no why"),
        pytest.param("? Read", "Read", 2, "`Read the end.` is no part of a mend", id="a line of no kind"),
        pytest.param("+routes = [Echo.as_asgi()]\n", "", 8, "this change has no place", id="nothing to find it by"),
        pytest.param("@faulty refused 500\n", "", 11, "0 lines say how it fails", id="it does not say how it fails"),
        pytest.param("@faulty refused 500", "@faulty < hi", 13, "cannot come in that line's place", id="it cannot"),
        pytest.param("> hi\n", "> hi\n@faulty refused 500\n", 11, "2 lines say how it fails", id="it fails twice"),
        pytest.param("> hi\n", "hi\n", 15, "`hi`", id="a line of the transcript"),
        pytest.param("< hi", "< [?hi?]", 16, "nothing is predicted", id="a blank"),
    ],
)
def test_what_is_wrong_with_a_mend_is_told_with_its_line(before: str, after: str, line: int, told: str) -> None:
    assert before in WHOLE
    with pytest.raises(TranscriptError) as error:
        parse_mend(WHOLE.replace(before, after))
    assert (error.value.problems[0].line, told in error.value.problems[0].message) == (line, True), error.value


@pytest.mark.parametrize(
    ("came", "told"),
    [
        ("< nothing of the kind", "nothing of the kind"),
        ("nothing", "nothing within ..."),
        ("closed 1011", "closed 1011..."),
        ("closed 1011 bye", "closed 1011 bye"),
    ],
)
def test_what_comes_is_what_a_player_says(came: str, told: str) -> None:
    """As a pattern for its words."""
    source = WHOLE.replace("@faulty refused 500\n", "") + f"\n@faulty {came}"
    assert parse_mend(source).failing.told == told


def test_a_change_that_only_adds_has_its_place_by_what_it_adds() -> None:
    source = WHOLE.replace("-routes = [Echo]\n", "")
    assert break_module(MODULE, parse_mend(source).changes).endswith("    pass\n\n\n")


@pytest.mark.parametrize("module", [MODULE.replace("await ", ""), MODULE * 2], ids=["gone", "twice"])
def test_a_fault_that_fits_no_more_says_so(module: str) -> None:
    """The module has changed, and the solution is not in it."""
    with pytest.raises(ValueError, match="the lines that begin with `async def receive"):
        break_module(module, parse_mend(WHOLE).changes)


def test_the_excerpt_is_of_the_statements_that_are_to_be_changed() -> None:
    """Whole, without the markers of sections."""
    module = MODULE.replace("    async def", "    # --8<-- [start:echo]\n    async def")
    printed = excerpt(break_module(module, parse_mend(WHOLE).changes), module)
    assert printed == (
        "class Echo(channels.Consumer):\n    def receive(self, text):\n        self.send(text)\n\n\nroutes = [Echo]"
    )


def test_what_lacks_a_line_is_in_the_excerpt() -> None:
    """Also where it lacks its last."""
    module = MODULE.replace("send(text)\n", "send(text)\n        await self.close()\n")
    assert excerpt(MODULE, module).endswith("    async def receive(self, text):\n        await self.send(text)")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the module, in which pages are built."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app/echo.py").write_text(MODULE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def render(header: str = 'title="Let them in!" file="app/echo.py"', body: str = WHOLE, raises: bool = True) -> str:
    format_mend = partial(mend_fence.format_mend, raises=raises)
    custom = {"name": "mend", "class": "mend", "validator": fence.validate, "format": format_mend}
    extension = {"pymdownx.superfences": {"custom_fences": [custom]}}
    text = f"```mend {header}\n{body}\n```"
    return Markdown(extensions=["pymdownx.superfences"], extension_configs=extension).convert(text)


@pytest.mark.usefixtures("folder")
def test_a_mend_reads_well_without_javascript() -> None:
    """Report, faulty code, transcript, where it fails, hints and solution are all there, the last two folded."""
    html = render()
    assert '<live-mend id="mend-let-them-in"' in html
    assert "Mend it, easy: Let them in!" in html
    assert "<em>Nobody gets in:</em> 500." in html
    order = ["live-task", "highlight", "<live-sandbox", "live-elsewhere", "live-hint", "live-solution", "live-why"]
    assert [html.index(part) for part in order] == sorted(html.index(part) for part in order)
    assert 'data-module="app/echo.py"' in html
    assert json.loads(unescape(html.split('data-changes="')[1].split('"')[0])) == [
        [change.wrong, change.right] for change in parse_mend(WHOLE).changes
    ]
    assert html.count('class="live-line"') == 4


@pytest.mark.usefixtures("folder")
def test_a_solution_is_printed_as_a_diff() -> None:
    """What stays stands in front and behind."""
    body = WHOLE.replace("-routes = [Echo]", " class Other:\n-    b = 1\n+    pass\n\n-routes = [Echo]")
    mend = parse_mend(body)
    assert mend_fence.diff_of(mend.changes[1]) == " class Other:\n-    b = 1\n+    pass\n"
    assert "+routes = [Echo.as_asgi()]" in mend_fence.diff_of(mend.changes[2])


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("header", "told"),
    [
        ('file="app/echo.py"', "a mend needs a title"),
        ('title="A"', "a mend needs a file"),
        ('title="A" file="app/nowhere.py"', "nowhere.py"),
    ],
)
def test_a_header_that_lacks_something_is_a_mistake(header: str, told: str) -> None:
    with pytest.raises(SuperFencesException, match=told):
        render(header)


def test_a_fault_that_fits_no_more_is_a_mistake_of_its_page(folder: Path) -> None:
    """Shown in its place where somebody else warns of it."""
    (folder / "app/echo.py").write_text("a = 1\n")
    with pytest.raises(SuperFencesException, match="stand 0 times in the module"):
        render()
    assert "line 3 of the fence" in render(raises=False)


PROJECT = '[tool.live_docs]\ndocs = "docs"\n[[tool.live_docs.pages]]\nfiles = "docs/*.md"\nmends = 1\n'
PAGE = f'# A page\n\n```mend title="A" file="app/echo.py"\n{WHOLE}\n```\n'


@pytest.mark.parametrize(
    ("page", "module", "told"),
    [
        pytest.param(PAGE, MODULE, "", id="fits"),
        pytest.param("# A page\n", MODULE, "1: this page has 0 mends: write 1 or more, ```mend", id="none"),
        pytest.param(PAGE.replace("echo.py", "eco.py"), MODULE, "3: there is no app/eco.py", id="no module"),
        pytest.param(PAGE, MODULE.replace(".as_asgi()", ""), "11: this is not what runs: in app/echo.py", id="gone"),
        pytest.param(PAGE.replace("-routes = [Echo]", "-routes = ["), MODULE, "11: with this fault", id="no Python"),
    ],
)
def test_check_tells_what_is_wrong_with_a_fault(
    folder: Path, capsys: pytest.CaptureFixture[str], page: str, module: str, told: str
) -> None:
    """`python -m live_docs check`, with the line of the page."""
    (folder / "pyproject.toml").write_text(PROJECT)
    (folder / "docs").mkdir()
    (folder / "docs/page.md").write_text(page)
    (folder / "app/echo.py").write_text(module)
    assert main(["check", "docs"]) == (1 if told else 0)
    out = capsys.readouterr().out
    assert out.startswith(f"docs/page.md:{told}" if told else "1 pages, 1 transcripts read, 0 mistakes")


def test_a_page_numbers_a_mend_as_its_file_does(folder: Path) -> None:
    """Transcript, changes and the line that fails."""
    (folder / "page.md").write_text(PAGE)
    [found] = read_page(folder / "page.md").mends
    assert [change.number for change in found.mend.changes] == [6, 11]
    assert (found.mend.failing.number, found.mend.failing.line) == (16, 15)
    assert found.mend.transcript.lines[0].number == 15
