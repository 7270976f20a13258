"""Inputs that were once answered with 500 and a traceback, or not at all. On the real server."""

from __future__ import annotations

import json
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from urllib.parse import urlsplit

import pytest

from live_docs.player.visitor import Visitor
from sandbox_server.tests.clients import dial, hear
from sandbox_server.tests.undisturbed import undisturbed
from testing.program import Program, wait_until
from testing.project import ORIGIN
from testing.raw_client import TEXT, Frame, RawClient, text


@pytest.mark.parametrize("offered", ["\xff", "chat, \u017e", "\x80"])
def test_a_subprotocol_that_is_no_token_is_a_400(sandbox: Program, offered: str) -> None:
    """Daphne answers 500, with the exception's text in the status line."""
    with undisturbed(sandbox), RawClient(sandbox.url, "/ws/echo/", Sec_WebSocket_Protocol=offered) as client:
        assert client.response.status == 400


def test_deep_json_at_a_log_in_is_a_400(sandbox: Program) -> None:
    """As any other nonsense is."""
    with undisturbed(sandbox):
        for nonsense in ("[" * 60_000, '{"username":' * 5_000, "", "1" * 5_000, "null", "[]"):
            assert Visitor(sandbox.url, ORIGIN).ask("POST", "/demo/login/", nonsense)[0] == 400


def test_nonsense_on_an_observation_is_passed_over(sandbox: Program) -> None:
    """It goes on observing."""
    cookie = {"Cookie": "observer=abcdefghijklmnop"}
    with undisturbed(sandbox), dial(sandbox, f"/ws/observe/{'d' * 22}/", cookie) as observation:
        assert hear(observation) == {"kind": "ready"}
        for nonsense in ("[", "[" * 60_000, "1" * 5_000, b"\0", "NaN"):
            observation.send(nonsense)
        observation.send('{"kind": "clock", "page_time": 1}')
        assert hear(observation)["kind"] == "clock"


@pytest.mark.parametrize("number", [0, 1, 100, 101, 204, 304, 399, 600, 1000, 10**9])
def test_a_handshake_is_refused_with_what_refuses_one_only(sandbox: Program, number: int) -> None:
    """Any other number is no route."""
    with undisturbed(sandbox), RawClient(sandbox.url, f"/ws/life/refuse/{number}/") as client:
        assert client.response.status == 404


def test_many_who_log_in_at_once_are_all_logged_in(sandbox: Program) -> None:
    """SQLite lets one write at a time: the others wait for their turn, and none is told that the database is locked."""

    def log_in(name: str) -> int:
        return Visitor(sandbox.url, ORIGIN).ask(
            "POST", "/demo/login/", json.dumps({"username": name, "password": "demo"})
        )[0]

    with undisturbed(sandbox), ThreadPoolExecutor(16) as threads:
        assert set(threads.map(log_in, ["alice", "bob"] * 40)) == {200}


@pytest.mark.parametrize("count", [100, 5_000])
@pytest.mark.parametrize("path", ["/witness/countdown/", "/asgi/", "/names/", "/nowhere/"])
def test_pipelined_requests_whose_client_has_gone_are_no_error(sandbox: Program, path: str, count: int) -> None:
    """Not one by one, nor all at once."""
    address = urlsplit(sandbox.url)
    request = f"GET {path} HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode()
    with undisturbed(sandbox):
        with socket.create_connection((address.hostname, address.port), timeout=1) as connection:
            with suppress(OSError):
                connection.sendall(request * count)
            connection.recv(1)
        with RawClient(sandbox.url, "/ws/echo/") as client:
            client.send(text("hello"))
            assert client.receive() == Frame(TEXT, b"hello")


def descriptors(server: Program) -> int:
    return len(os.listdir(f"/proc/{server.process.pid}/fd"))


def threads_of(server: Program) -> int:
    return len(os.listdir(f"/proc/{server.process.pid}/task"))


def test_nothing_is_left_of_connections_that_broke_off(sandbox: Program) -> None:
    """In the middle of a head, of a body, of a handshake, of a frame, and without a word."""
    address = urlsplit(sandbox.url)
    handshake = (
        f"GET /ws/echo/ HTTP/1.1\r\nHost: {address.netloc}\r\nOrigin: {ORIGIN}\r\nUpgrade: websocket\r\n".encode()
    )
    beginnings = [
        b"",
        b"GET / HT",
        b"POST /notes/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\nhalf",
        handshake,
        handshake
        + b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    ]
    with undisturbed(sandbox):
        before = descriptors(sandbox)
        for beginning in [*beginnings, beginnings[-1] + text("x" * 100)[:50]] * 10:
            with socket.create_connection((address.hostname, address.port)) as connection:
                connection.sendall(beginning)
        wait_until(lambda: descriptors(sandbox) <= before, "as few descriptors as before")


def test_the_threads_of_a_measurement_do_not_stay(sandbox: Program) -> None:
    """Each that ends takes its own along."""
    with undisturbed(sandbox):
        for _ in range(2):
            with ExitStack() as stack:
                readers = [stack.enter_context(dial(sandbox, "/ws/four-consumers/")) for _ in range(5)]
                for reader in readers:
                    reader.send('{"handlers": "pool", "consumers": 8}')
                for reader in readers:
                    assert "threads" in hear(reader)
        wait_until(lambda: threads_of(sandbox) < 32, "few threads")
