"""What the server waits for over HTTP, how long, and how much of it it takes."""

from __future__ import annotations

import socket
from contextlib import suppress
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from sandbox_server.limits import BODY_BYTES
from sandbox_server.tests.clients import PATIENCE_SECONDS
from sandbox_server.tests.test_promises import Serve
from sandbox_server.tests.undisturbed import exchange, status_of, undisturbed
from testing.program import Program
from testing.raw_client import RawClient

MIB = 1024 * 1024


def head(method: str, path: str, *lines: str) -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *lines, "", ""]).encode("latin-1")


def test_a_large_body_is_refused_and_not_kept(sandbox: Program) -> None:
    """100 MiB to a path that there is and to one that there is not: 413, while they are still being sent."""
    with undisturbed(sandbox):
        for path in ("/notes/", "/nowhere/"):
            answer = exchange(sandbox, head("POST", path, f"Content-Length: {100 * MIB}") + bytes(100 * MIB))
            assert status_of(answer) == 413
            assert answer.endswith(b"A body may have 65536 bytes.\n")


@pytest.mark.parametrize("announced", [BODY_BYTES + 1, 10**12, "9" * 5000])
def test_a_body_is_refused_for_its_announced_length(sandbox: Program, announced: object) -> None:
    """Before its first byte, and without an invitation to send it."""
    with undisturbed(sandbox):
        answer = exchange(sandbox, head("POST", "/notes/", "Expect: 100-continue", f"Content-Length: {announced}"))
        assert status_of(answer) in (400, 413)
        assert b"100 Continue" not in answer


def test_a_body_in_chunks_is_refused_when_it_has_become_too_large(sandbox: Program) -> None:
    """It announces no length, and has no end."""
    chunk = b"4000\r\n" + bytes(0x4000) + b"\r\n"
    with undisturbed(sandbox):
        answer = exchange(sandbox, head("POST", "/notes/", "Transfer-Encoding: chunked") + chunk * 6400)
        assert status_of(answer) == 413
        assert answer.count(b"HTTP/1.1") == 1


def test_a_body_as_large_as_allowed_is_taken(sandbox: Program) -> None:
    """In one piece or in chunks; and the connection is kept."""
    connection = HTTPConnection(urlsplit(sandbox.url).netloc, timeout=PATIENCE_SECONDS)
    body = b"x" * BODY_BYTES
    for sent in (body, iter([body[1:], b"x"])):
        connection.request("POST", "/wsgi/", sent)
        with connection.getresponse() as response:
            assert response.status == 200
            assert b"xxx" in response.read()
    connection.close()


@pytest.mark.parametrize("kib", [16, 70, 600])
def test_a_long_header_is_told_so(sandbox: Program, kib: int) -> None:
    """Over HTTP and at a handshake; Twisted ended TCP without a word."""
    long = f"X: {'a' * kib * 1024}"
    with undisturbed(sandbox):
        assert status_of(exchange(sandbox, head("GET", "/", long))) in (400, 431)
        assert status_of(exchange(sandbox, head("GET", "/" + "a" * kib * 1024))) in (400, 431)
        with RawClient(sandbox.url, "/ws/echo/", X="a" * kib * 1024) as client:
            assert client.response.status in (400, 431)


@pytest.mark.parametrize(
    "data", [b"\0" * 40_000, b"GET\r\n\r\n", head("GET", "/", "no colon"), head("GET", "/", "X\0: 1")]
)
def test_what_is_no_request_is_a_400(sandbox: Program, data: bytes) -> None:
    """Or 431, where no line ends."""
    with undisturbed(sandbox):
        assert status_of(exchange(sandbox, data)) in (400, 431)


@pytest.fixture
def impatient(serve_with: Serve) -> Program:
    """A server that waits a second for what others wait ten for."""
    return serve_with(SANDBOX_HEAD_SECONDS=1, SANDBOX_BODY_SECONDS=1)


@pytest.mark.parametrize(
    ("begun", "drip", "status"),
    [
        (b"", b"", None),
        (b"GET / HTTP/1.1\r\nX: ", b"a", 408),
        (head("GET", "/names/") + b"GET", b"T", 200),
        (head("POST", "/notes/", "Content-Length: 1000"), b"a", 408),
        (head("POST", "/notes/", "Content-Length: 1000"), b"", 408),
        (head("POST", "/notes/", "Transfer-Encoding: chunked"), b"1\r\na\r\n", 408),
    ],
    ids=["silence", "head", "head of a second request", "body", "half a POST", "body in chunks"],
)
def test_what_never_comes_to_an_end_is_cut(impatient: Program, begun: bytes, drip: bytes, status: int | None) -> None:
    """However steadily it goes on. A client that has not begun to speak is told nothing."""
    address = urlsplit(impatient.url)
    came = b""
    with undisturbed(impatient), socket.create_connection((address.hostname, address.port)) as slow:
        slow.sendall(begun)
        slow.settimeout(0.1)
        for _ in range(PATIENCE_SECONDS * 10):
            with suppress(TimeoutError):
                if not (piece := slow.recv(65536)):
                    break
                came += piece
            with suppress(ConnectionError):
                slow.sendall(drip)
        else:
            pytest.fail("it is still waited for")
    if status is None:
        assert came == b""
    else:
        assert status_of(came) == status
        assert b"408 Request Timeout" in came


def test_a_connection_that_is_kept_may_be_silent_for_longer(impatient: Program) -> None:
    """Between two requests; a proxy keeps its connections so."""
    connection = HTTPConnection(urlsplit(impatient.url).netloc, timeout=PATIENCE_SECONDS)
    connection.connect()
    kept = connection.sock
    with socket.create_connection((urlsplit(impatient.url).hostname, urlsplit(impatient.url).port)) as silent:
        connection.request("GET", "/names/")
        connection.getresponse().read()
        assert silent.recv(1) == b""  # a second has passed
    connection.request("GET", "/names/")
    assert connection.getresponse().status == 200
    assert connection.sock is kept
    connection.close()
