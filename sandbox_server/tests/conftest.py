"""What tests of the server's wire need: the server under test with an application that does as it is told."""

from collections.abc import Iterator

import pytest

from conftest import Program, free_port, start


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """See stage.py."""
    port = free_port()
    log = tmp_path_factory.mktemp("stage") / "log.txt"
    program = start(["sandbox_server.tests.stage", str(port)], log, f"http://127.0.0.1:{port}")
    yield program
    program.end()
