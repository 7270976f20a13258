"""The page *Start here*, step by step, as its reader goes: what each step changes, up to a page that talks."""

from __future__ import annotations

from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from handed_out.reader import Reader
from handed_out.tests.clients import PATIENCE_SECONDS, dial, enter
from testing.program import Program

HELLO = "/ws/hello/"


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory, reader_programs: Path) -> Reader:
    """The project after its first step."""
    reader = Reader(tmp_path_factory.mktemp("started"), reader_programs)
    reader.begin_hello()
    return reader


@pytest.fixture
def newcomer(started: Reader, tmp_path: Path) -> Reader:
    """Somebody who has taken the first step."""
    return started.again(tmp_path / "hello")


def refusal(server: Program) -> int:
    """The status with which a handshake is refused."""
    with pytest.raises(InvalidStatus) as caught, dial(server, HELLO, origin=server.url):
        pass
    return int(caught.value.response.status_code)


def test_djangos_own_server_looks_for_a_view(newcomer: Reader) -> None:
    """It starts under a name of its own (since Django 6.1, with WSGI in it), and a WebSocket is a page not found."""
    with newcomer.serve("develop.sh") as server:
        server.wait_until_it_says("development server at http")
        assert "Daphne" not in server.said()
        assert refusal(server) == 404
        server.wait_until_it_says(f"Not Found: {HELLO}")


def test_with_daphne_the_socket_arrives_and_django_cannot_take_it(newcomer: Reader) -> None:
    """What stands in asgi.py is still what startproject wrote."""
    newcomer.let_daphne_serve()
    with newcomer.serve("develop.sh") as server:
        server.wait_until_it_says("Starting ASGI/Daphne version")
        assert refusal(server) == 500
        server.wait_until_it_says("Django can only handle ASGI/HTTP connections, not websocket.")


@pytest.mark.parametrize("script", ["develop.sh", "serve.sh"])
def test_in_the_end_it_greets(newcomer: Reader, script: str) -> None:
    """On both servers that the page starts; and a page from elsewhere is not let in."""
    newcomer.let_daphne_serve()
    newcomer.say_hello()
    with newcomer.serve(script) as server:
        with enter(server, HELLO) as socket:
            assert socket.recv(PATIENCE_SECONDS) == "Who is there?"
            socket.send("Ada")
            assert socket.recv(PATIENCE_SECONDS) == "Hello, Ada!"
        with pytest.raises(InvalidStatus, match="403"), dial(server, HELLO, "http://elsewhere.example"):
            pass
