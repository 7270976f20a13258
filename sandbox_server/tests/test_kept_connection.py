"""HTTP on a connection that is kept, as a proxy keeps one: each answer is the one to its own request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from sandbox_server.tests.clients import PATIENCE_SECONDS, dial
from testing.program import Program

REQUESTS = 1100
"""More than Python nests calls."""


@pytest.fixture
def connection(sandbox: Program) -> Iterator[HTTPConnection]:
    with closing(HTTPConnection(urlsplit(sandbox.url).netloc, timeout=PATIENCE_SECONDS)) as connection:
        yield connection


def ask(connection: HTTPConnection, method: str, path: str, **headers: str) -> tuple[int, bytes]:
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    with connection.getresponse() as response:
        return response.status, response.read()


@pytest.mark.long
def test_a_kept_connection_carries_requests_without_end(connection: HTTPConnection) -> None:
    """None costs more than the one before; the end came with the 973rd."""
    connection.connect()
    kept = connection.sock
    assert {ask(connection, "GET", "/names/")[0] for _ in range(REQUESTS)} == {200}
    assert connection.sock is kept


def test_nothing_of_one_request_is_left_to_the_next(connection: HTTPConnection) -> None:
    """An answer from a thread of its own, again and again: each request has a context of its own."""
    methods = ["HEAD", "GET"] * 60
    assert {ask(connection, method, "/witness/hello/")[0] for method in methods} == {200}


@pytest.mark.parametrize("path", ["/scope/", "/witness/hello/", "/asgi/", "/"])
def test_a_head_is_answered_without_a_body(connection: HTTPConnection, path: str) -> None:
    """In as many parts as the application sends one: what came would be taken for the next answer."""
    status, body = ask(connection, "HEAD", path)
    assert body == b""
    for _ in range(2):
        assert ask(connection, "GET", path)[0] == status


@pytest.mark.parametrize("root", ["/evil", "/names", "%ff"])
def test_a_client_cannot_say_where_the_site_is_mounted(sandbox: Program, connection: HTTPConnection, root: str) -> None:
    """Daphne believes its own header from whoever sends it."""
    assert ask(connection, "GET", "/notes/", Daphne_Root_Path=root) == ask(connection, "GET", "/notes/")
    with dial(sandbox, "/ws/echo/", {"Daphne-Root-Path": root}) as socket:
        socket.send("here")
        assert socket.recv(PATIENCE_SECONDS) == "here"
