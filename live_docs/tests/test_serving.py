"""`mkdocs serve` and `mkdocs build`, run as programs on a copy of the project."""

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from websockets.sync.client import connect
from websockets.typing import Origin

from testing.ports import reserved_port
from testing.program import START_SECONDS, Program, launch, wait_until

pytestmark = pytest.mark.program

NEEDED = (
    "bundles",
    "contract",
    "deploy",
    "docs",
    "handed_out",
    "includes",
    "live_docs",
    "overrides",
    "sandbox_server",
    "mkdocs.yml",
    "package.json",
    "requirements.txt",
    "requirements-dev.txt",
)
READY = "Sandbox server on"
BUILD_SECONDS = 300
"""What a build may take on a busy machine; alone it takes five."""

Serve = Callable[..., Program]


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    """A copy of the project that a test may change, with one page only."""
    copy = tmp_path / "project"
    for name in NEEDED:
        source = root / name
        shutil.copytree(source, copy / name) if source.is_dir() else shutil.copy(source, copy / name)
    (copy / "node_modules").symlink_to((root / "node_modules").resolve())
    shutil.rmtree(copy / "docs/learn")
    shutil.rmtree(copy / "docs/reference")
    (copy / "docs/index.md").write_text("# A page\n\n```live\nconnect /ws/echo/\nclose 1000\n```\n")
    config = (copy / "mkdocs.yml").read_text()
    (copy / "mkdocs.yml").write_text(re.sub(r"\nnav:\n.*?\n\n", "\n\n", config, flags=re.DOTALL))
    return copy


@pytest.fixture
def serve(project: Path, tmp_path: Path) -> Iterator[Serve]:
    """Start `mkdocs serve` in the copy; whatever was started is ended after the test."""
    started: list[Program] = []

    def begin(port: int | None = None, sandbox_port: int = 0, ready: bool = True) -> Program:
        port = port or reserved_port()
        program = launch(
            ["mkdocs", "serve", "-a", f"127.0.0.1:{port}"],
            tmp_path / f"log{len(started)}.txt",
            f"http://127.0.0.1:{port}/",
            project,
            SANDBOX_PORT=str(sandbox_port),
            DATABASE_URL=f"sqlite:///{tmp_path / 'db.sqlite3'}",
        )
        started.append(program)
        if ready:
            program.wait_until_it_says("Serving on")
        return program

    yield begin
    for program in started:
        if program.process.poll() is None:
            program.process.kill()
            program.process.wait()


def child_of(program: Program) -> int:
    """The process of the sandbox server that was started last."""
    return int(re.findall(r"\(process (\d+)\)", program.said())[-1])


def echo(program: Program, words: str) -> str | bytes:
    """Ask the sandbox server that the served page names."""
    html = urllib.request.urlopen(program.url).read().decode()
    config = re.search(r'id="live-config">(.*?)</script>', html)
    assert config is not None
    port = json.loads(config[1])["port"]
    with connect(f"ws://127.0.0.1:{port}/ws/echo/", origin=Origin(program.url.rstrip("/")), proxy=None) as socket:
        socket.send(words)
        return socket.recv(10)


def test_the_page_names_a_server_that_answers(serve: Serve) -> None:
    """Site and sandbox server come up together, at the port that the page was told."""
    assert echo(serve(), "hello") == "hello"


def test_a_taken_sandbox_port_moves_it_to_a_free_one(serve: Serve) -> None:
    """It is said in one line, and the page knows the new port."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        program = serve(sandbox_port=port)
        said = [line for line in program.said().splitlines() if f"Port {port}: Address already in use" in line]
        assert len(said) == 1
        assert echo(program, "hello") == "hello"


def test_a_taken_site_port_is_one_line_and_leaves_no_orphan(serve: Serve) -> None:
    """An error that says what to do, before anything has been started."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        program = serve(port=taken.getsockname()[1], ready=False)
        assert program.process.wait(START_SECONDS) != 0
    assert "Address already in use. Try `mkdocs serve -a" in program.said()
    assert "Traceback" not in program.said()
    assert READY not in program.said()


def test_a_change_of_the_servers_code_restarts_it(serve: Serve, project: Path) -> None:
    """The new code answers, at the same port."""
    program = serve()
    assert echo(program, "hello") == "hello"
    module = project / "sandbox_server/sandboxes/echo.py"
    module.write_text(module.read_text().replace("text_data=text_data", "text_data=text_data and text_data.upper()"))
    program.wait_until_it_says(READY, times=2)
    program.wait_until_it_says("Reloading browsers")
    assert echo(program, "hello") == "HELLO"


@pytest.mark.long
def test_code_that_cannot_run_is_said_and_mending_it_is_enough(serve: Serve, project: Path) -> None:
    """The site goes on without its server, and gets it back with the next save."""
    program = serve()
    module = project / "sandbox_server/sandboxes/echo.py"
    good = module.read_text()
    module.write_text("this is not Python\n")
    program.wait_until_it_says("The sandbox server did not start")
    module.write_text(good)
    program.wait_until_it_says(READY, times=2)
    assert echo(program, "hello") == "hello"


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_server_goes_down_with_the_site(serve: Serve, number: signal.Signals) -> None:
    """On Ctrl-C, when told to end, and when killed without a chance to clean up."""
    program = serve()
    child = child_of(program)
    program.process.send_signal(number)
    program.process.wait(START_SECONDS)
    wait_until(lambda: not Path(f"/proc/{child}").exists(), f"process {child} to be gone")
    assert "Traceback" not in program.said()


@pytest.mark.long
def test_an_impatient_goodbye_ends_it_too(serve: Serve) -> None:
    """Ctrl-C, and while it is at it Ctrl-C again, and a signal from whoever started it."""
    program = serve()
    child = child_of(program)
    program.process.send_signal(signal.SIGINT)
    program.wait_until_it_says("Shutting down")
    program.process.send_signal(signal.SIGINT)
    program.process.send_signal(signal.SIGTERM)
    program.process.wait(START_SECONDS)
    wait_until(lambda: not Path(f"/proc/{child}").exists(), f"process {child} to be gone")
    assert "Traceback" not in program.said()


def test_the_site_builds_without_a_warning(root: Path, tmp_path: Path) -> None:
    """`make site`: every link and anchor of every page leads somewhere."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(tmp_path)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=BUILD_SECONDS)
    assert done.returncode == 0, done.stderr


def test_a_strict_build_reports_every_mistake_with_file_and_line(project: Path) -> None:
    """In names, options and steps, on all pages at once; and it fails."""
    (project / "docs/index.md").write_text("# A\n\n```live\nhello\n> hi\n```\n\n```liv\nconnect /a/\n```\n")
    (project / "docs/other.md").write_text("# B\n\n```live my-name\nconnect /a/\n```\n")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=BUILD_SECONDS)
    assert done.returncode == 1
    found = re.findall(r"WARNING -  (\S+?\.md:\d+): ", done.stderr)
    assert found == ["index.md:4", "index.md:8", "other.md:3"]
    assert "Traceback" not in done.stderr


def test_a_fence_that_something_swallows_is_missed(project: Path) -> None:
    """Read from the source it is fine, but the finished page does not have it."""
    (project / "docs/index.md").write_text("# A\n\nIndented too far:\n\n    ```live\n    connect /a/\n    ```\n")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=BUILD_SECONDS)
    assert done.returncode == 1
    assert "index.md: of the live fences at line 5, not every one reached the page" in done.stderr
