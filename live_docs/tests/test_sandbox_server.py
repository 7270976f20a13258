"""Starting the sandbox server as a child: what counts as an answer, and what is said when there is none."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from live_docs.serving.sandbox_server import SandboxServer

Begin = Callable[[str], SandboxServer]

ANSWERING = """
import socket, sys
listener = socket.socket(fileno=int(sys.argv[1].removeprefix("--fd=")))
connections = []
while True:
    connection, _ = listener.accept()
    connections.append(connection)
    connection.recv(65536)
    open("asked", "a").write("once ")
    connection.sendall(b"HTTP/1.1 STATUS\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n")
"""
"""The least that a server can be: each request is noted in the file `asked`, and answered with one status."""

DYING = """
import socket, struct, sys
connection, _ = socket.socket(fileno=int(sys.argv[1].removeprefix("--fd="))).accept()
connection.recv(65536)
connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
connection.close()
"""
"""Takes a request, resets its connection, and ends."""


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Start a module of this source as the sandbox server; it is ended after the test."""
    started: list[SandboxServer] = []

    def begin(source: str) -> SandboxServer:
        (tmp_path / "tiny_server.py").write_text(source)
        server = SandboxServer(tmp_path, "tiny_server", 0)
        started.append(server)
        server.start()
        return server

    yield begin
    for server in started:
        server.stop()


def test_a_proxy_of_the_environment_is_not_asked_for_it(
    begin: Begin, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Behind one, the child on this machine is still asked directly."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    caplog.set_level(logging.INFO, "mkdocs.live_docs")
    begin(ANSWERING.replace("STATUS", "200 OK"))
    assert "Sandbox server on" in caplog.text


def test_a_child_that_takes_a_connection_and_dies_is_said_and_no_more(
    begin: Begin, caplog: pytest.LogCaptureFixture
) -> None:
    """The site goes on: mending the code is enough."""
    begin(DYING)
    assert "The sandbox server did not start" in caplog.text


def test_a_server_that_answers_with_an_error_has_started(
    begin: Begin, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is asked once, not without a pause until it gives up; and its error is told."""
    caplog.set_level(logging.INFO, "mkdocs.live_docs")
    begin(ANSWERING.replace("STATUS", "500 Internal Server Error"))
    assert "Sandbox server on" in caplog.text
    assert "it answers GET / with 500" in caplog.text
    assert (tmp_path / "asked").read_text() == "once "
