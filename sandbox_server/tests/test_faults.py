"""What the machine may run out of. Who needs it is told so; all others do not notice. On the real server."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from live_docs.player.visitor import Visitor
from sandbox_server.tests.clients import PATIENCE_SECONDS, dial, hear, hear_end
from sandbox_server.tests.test_promises import Serve, ask
from sandbox_server.tests.undisturbed import status_of, undisturbed
from testing.ports import reserved_port
from testing.program import Program, launch, wait_until
from testing.project import ORIGIN, ROOT
from testing.raw_client import TEXT, Frame, RawClient, text

WORDS = "the database does not answer: try again in 5 s"
PASSWORD = json.dumps({"username": "alice", "password": "demo"})


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """By somebody else, who neither reads nor writes and does not let go."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


def serve_impatient(serve_with: Serve, tmp_path: Path, **settings: object) -> tuple[Program, Path]:
    """One that waits for a locked database for a second only, and the file of its database."""
    database = tmp_path / "own.sqlite3"
    return serve_with(DATABASE_URL=f"sqlite:///{database}?timeout=1", **settings), database


def log_in(server: Program) -> Visitor:
    alice = Visitor(server.url, ORIGIN)
    alice.become("alice")
    return alice


def test_while_the_database_is_locked_who_needs_it_is_told(serve_with: Serve, tmp_path: Path) -> None:
    """A request and a handshake that ask who it is: 503. A socket without a session does not notice."""
    server, database = serve_impatient(serve_with, tmp_path)
    alice = log_in(server)
    with undisturbed(server):
        with locked(database):
            status, body = alice.send("GET", "/demo/session/", None, {})
            assert (status, json.loads(body)) == (503, {"error": WORDS})
            with RawClient(server.url, "/ws/whoami/", Cookie=alice.cookie_header()["Cookie"]) as client:
                assert client.response.status == 503
                assert client.response.all("retry-after") == ["5"]
            with RawClient(server.url, "/ws/life/counter/") as anonymous:
                assert anonymous.response.status == 101
        assert alice.ask("POST", "/demo/login/", PASSWORD)[0] == 200
        with dial(server, "/ws/whoami/", alice.cookie_header()) as again:
            assert hear(again)["user"] == "alice"
    lines = [line for line in server.said().splitlines() if line.startswith("ERROR") and "database" in line]
    assert len(lines) == 2
    assert all("locked" in line for line in lines)


@pytest.mark.long
def test_a_log_out_is_seen_though_the_database_was_locked_meanwhile(serve_with: Serve, tmp_path: Path) -> None:
    """The socket that looks whether its session is there goes on looking, and the log keeps quiet about it."""
    server, database = serve_impatient(serve_with, tmp_path)
    other, _ = serve_impatient(serve_with, tmp_path)
    alice = log_in(server)
    with dial(server, "/ws/signed-in/", alice.cookie_header()) as signed_in:
        assert hear(signed_in) == {"signed_in": "alice"}
        with locked(database):
            for _ in range(4):  # each takes a second, and the socket looks once in a second
                assert alice.send("GET", "/demo/session/", None, {})[0] == 503
        alice.server = other.url
        alice.become("anonymous")
        assert hear_end(signed_in) == (4401, "logged out")
    assert "Traceback" not in server.said()


@contextmanager
def limited(server: Program, what: int, to: int) -> Iterator[None]:
    """As `ulimit` would have it, and afterwards as it was."""
    before = resource.prlimit(server.process.pid, what)
    resource.prlimit(server.process.pid, what, (to, before[1]))
    try:
        yield
    finally:
        resource.prlimit(server.process.pid, what, before)


def test_on_a_full_disk_who_writes_is_told(serve_with: Serve, tmp_path: Path) -> None:
    """No file may grow: a session more has no room. What is read is there, and once there is room again, all is."""
    server, database = serve_impatient(serve_with, tmp_path)
    alice = log_in(server)
    with undisturbed(server):
        with limited(server, resource.RLIMIT_FSIZE, database.stat().st_size):
            wait_until(lambda: log_in_anew(server) == 503, "a full disk", server.said)
            with dial(server, "/ws/whoami/", alice.cookie_header()) as socket:
                assert hear(socket)["user"] == "alice"
        assert log_in_anew(server) == 200


def log_in_anew(server: Program) -> int:
    """As somebody who has not been there before: one session more."""
    visitor = Visitor(server.url, ORIGIN)
    return visitor.ask("POST", "/demo/login/", PASSWORD)[0]


def test_a_log_on_a_full_disk_is_lost_and_nothing_else(tmp_path: Path) -> None:
    """Each exception of a sandbox is to be written, and none can be."""
    port = reserved_port()
    command = [sys.executable, "-m", "sandbox_server", f"--port={port}"]
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'db'}", "SANDBOX_ORIGINS": ORIGIN}
    said = tmp_path / "said"
    with said.open("wb") as out, Path("/dev/full").open("wb") as full:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=full)
    program = Program(process, said, f"http://127.0.0.1:{port}")
    try:
        program.wait_until_it_answers()
        for _ in range(10):
            with RawClient(program.url, "/ws/life/raise/") as client:
                client.send(text("x"))
                assert client.receive_close()[0] == 1011
    finally:
        assert program.end() == 0


def test_without_descriptors_nobody_new_gets_in_and_the_log_says_so(serve_with: Serve, connections: ExitStack) -> None:
    """In one line, however many come. Who is connected is served; what has to open a file for it is told to wait."""
    server = serve_with()
    alice = log_in(server)
    with undisturbed(server) as bystander:
        kept = connections.enter_context(connect(server))
        assert status_of(ask_on(kept, "/healthz", {})) == 200
        highest = max(int(name) for name in os.listdir(f"/proc/{server.process.pid}/fd"))
        with limited(server, resource.RLIMIT_NOFILE, highest + 1):
            while ask_on(connections.enter_context(connect(server)), "/healthz", {}):
                pass  # some are left below the highest
            for _ in range(5):
                assert ask_on(connections.enter_context(connect(server)), "/healthz", {}) == b""
            server.wait_until_it_says("No file descriptors are left")
            assert status_of(ask_on(kept, "/demo/session/", alice.cookie_header())) == 503, server.said()
            bystander.send(text("meanwhile"))
            assert bystander.receive() == Frame(TEXT, b"meanwhile")
        assert status_of(ask_on(connections.enter_context(connect(server)), "/healthz", {})) == 200
    assert server.said().count("No file descriptors are left") == 1


def connect(server: Program) -> socket.socket:
    address = urlsplit(server.url)
    return socket.create_connection((address.hostname, address.port), PATIENCE_SECONDS)


def ask_on(connection: socket.socket, path: str, headers: dict[str, str]) -> bytes:
    """One request more on a connection, and the first bytes of the answer, or none if the server has hung up."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    try:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        return connection.recv(65536)
    except ConnectionError:
        return b""


@pytest.fixture
def clocked(tmp_path: Path) -> Iterator[Program]:
    """A server whose clock a test can set back: see clocked.py."""
    port = reserved_port()
    environment = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db'}",
        "SANDBOX_ORIGINS": ORIGIN,
        "SANDBOX_HANDSHAKES_PER_MINUTE": "3",
        "SANDBOX_HEARTBEAT_SECONDS": "1",
    }
    command = ["sandbox_server.tests.clocked", f"--port={port}"]
    program = launch(command, tmp_path / "log", f"http://127.0.0.1:{port}", ROOT, **environment)
    program.wait_until_it_answers()
    yield program
    program.end()


def test_a_clock_that_is_set_back_keeps_nobody_out(clocked: Program) -> None:
    """Who is connected stays so; who had used up their minute has a new one, and does not wait for two days."""
    with undisturbed(clocked), dial(clocked, f"/ws/rooms/{ask(clocked, '/rooms/', 'POST')['room']}/") as room:
        assert hear(room) == {"you": "guest 1"}
        with RawClient(clocked.url, "/ws/echo/"), RawClient(clocked.url, "/ws/echo/"):
            with RawClient(clocked.url, "/ws/echo/") as late:
                assert late.response.status == 429
            clocked.process.send_signal(signal.SIGUSR1)
            clocked.wait_until_it_says("The clock was set back")
            with RawClient(clocked.url, "/ws/echo/") as again:
                assert again.response.status == 101
        room.send("still here")
        while "text" not in (news := hear(room)):
            pass
        assert news["text"] == "still here"
        assert log_in_anew(clocked) == 200
