"""What tests of the server need besides it: one with an application that does as it is told, and a Redis."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from testing.machine import find
from testing.ports import reserved_port
from testing.program import Program, start


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """See stage.py."""
    port = reserved_port()
    log = tmp_path_factory.mktemp("stage") / "log.txt"
    program = start(["sandbox_server.tests.stage", str(port)], log, f"http://127.0.0.1:{port}")
    yield program
    program.end()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    """A real Redis of this test's own."""
    program = find("redis-server")
    assert program is not None, "redis-server is not on this machine: run `python -m testing.machine`"
    port = reserved_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    yield f"redis://127.0.0.1:{port}"
    process.terminate()
    process.wait()
