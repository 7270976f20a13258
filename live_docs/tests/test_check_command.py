"""`python -m live_docs check`, run as a reader would run it: with the command that a page prints."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

from live_docs.markdown.pages import read_pages
from testing.program import Program
from testing.project import ORIGIN

WITHOUT_DJANGO = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"django", "channels", "daphne", "twisted", "asgiref", "sandbox_server"}:
            raise ModuleNotFoundError(f"No module named {name!r}")
sys.meta_path.insert(0, Absent())
from live_docs.__main__ import main
sys.exit(main())
"""


def check(pages: Path, server: str, root: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run the printed command on a machine that has no Django, as far as it can tell."""
    printed = (root / "docs/assets/examples/commands/play.sh").read_text()
    python, option, module, *arguments = shlex.split(printed)
    assert (python, option, module) == ("python", "-m", "live_docs")
    here = {"docs/": str(pages), "http://127.0.0.1:8001": server}
    assert here.keys() <= set(arguments)
    arguments = [*(here.get(word, word) for word in arguments), "--origin", ORIGIN, *more]
    command = [sys.executable, "-c", WITHOUT_DJANGO, *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120)


def test_every_transcript_of_every_page_goes_as_written(sandbox: Program, root: Path) -> None:
    """The pages of this site, against the server of this site, without Django installed."""
    done = check(root / "docs", sandbox.url, root)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = read_pages(root / "docs")
    there = sum(len(page.live) + len(page.challenges) + len(page.mends) for page in pages)
    assert there > 100
    played = re.search(r"(\d+) transcripts, [1-9]\d* steps, 0 wrong\n$", done.stdout)
    assert played is not None
    assert int(played[1]) == there


def test_a_lie_is_printed_with_its_file_and_line(sandbox: Program, root: Path, tmp_path: Path) -> None:
    """As doctest would: where, what was expected, what came; and the exit status is 1."""
    page = tmp_path / "page.md"
    page.write_text("# A page\n\n```live\nconnect /ws/echo/\n> hello\n< goodbye\n```\n")
    done = check(tmp_path, sandbox.url, root)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "1 pages, 1 transcripts read, 0 mistakes",
        f"{page}:6: < goodbye",
        "    expected: goodbye",
        "    came:     hello",
        "1 transcripts, 3 steps, 1 wrong",
    ]


def test_what_is_wrong_of_another_server_is_printed_with_its_file_and_line(
    plain_daphne: Program, root: Path, tmp_path: Path
) -> None:
    """On plain Daphne: one line that says nothing, one that says what is not so, one that says too much, one true."""
    page = tmp_path / "page.md"
    page.write_text(
        "# A page\n\n"
        "```live\nconnect /ws/nowhere/\nrefused 404\n```\n\n"
        "```live\nconnect /ws/nowhere/\nrefused 404\n@daphne refused 403\n```\n\n"
        "```live\nconnect /ws/echo/\n> a\n< a\n@daphne < b\n```\n\n"
        "```live\nconnect /ws/nowhere/\nrefused 404\n@daphne refused 500\n"
        "connect /ws/echo/\n~ websocket.connect\naccepted\n```\n"
    )
    done = check(tmp_path, plain_daphne.url, root, "--on", "daphne")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "1 pages, 4 transcripts read, 0 mistakes",
        f"{page}:5: refused 404",
        "    expected: refused 404",
        "    came:     refused 500",
        f"{page}:11: @daphne refused 403",
        "    expected: refused 403",
        "    came:     refused 500",
        f"{page}:18: @daphne < b",
        "    expected: < b",
        "    came:     a, as the line above says: leave this one out",
        "4 transcripts, 11 steps, 3 wrong",
    ]


def test_a_server_that_is_named_without_its_address_is_said_in_one_line(root: Path, tmp_path: Path) -> None:
    """Nothing would be played, and nobody would know."""
    command = [sys.executable, "-m", "live_docs", "check", str(tmp_path), "--on", "daphne"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith("--on says what answers at --server: name both")


def test_a_transcript_that_cannot_be_read_is_printed_with_its_file_and_line(root: Path, tmp_path: Path) -> None:
    """All mistakes, and the exit status is 1."""
    page = tmp_path / "page.md"
    page.write_text("```live\nhello\nrefused\n```\n")
    done = check(page, "http://127.0.0.1:9", root)
    assert done.returncode == 1
    assert [line.split(": ")[0] for line in done.stdout.splitlines()[:2]] == [f"{page}:2", f"{page}:3"]


def test_a_folder_that_does_not_exist_is_said_in_one_line(root: Path, tmp_path: Path) -> None:
    """No traceback for a mistyped path."""
    done = check(tmp_path / "nowhere", "http://127.0.0.1:9", root)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith("nowhere does not exist")
