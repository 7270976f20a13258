"""What a client that loses its connection may rely on: the consumer, its faults, and the server that lends itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from live_docs.player.visitor import Visitor
from sandbox_server.tests.clients import PATIENCE_SECONDS, dial, hear, hear_end
from sandbox_server.tests.test_faults import locked, serve_impatient
from sandbox_server.tests.test_promises import Serve, ask
from testing.program import Program, wait_until
from testing.project import ORIGIN
from testing.raw_client import RawClient, text


class Someone:
    """A client with a name of its own, and what the server says of it over HTTP."""

    def __init__(self, sandbox: Program) -> None:
        self.sandbox = sandbox
        self.visitor = Visitor(sandbox.url, ORIGIN)
        self.name = json.loads(self.visitor.ask("GET", "/names/", None)[1])["name"]

    def connect(self) -> ClientConnection:
        return dial(self.sandbox, f"/ws/durable/{self.name}/")

    def taken(self) -> Any:
        return json.loads(self.visitor.ask("GET", f"/durable/{self.name}/", None)[1])


@pytest.fixture
def someone(sandbox: Program) -> Someone:
    return Someone(sandbox)


def say(socket: ClientConnection, key: str, text: str) -> None:
    socket.send(json.dumps({"kind": "say", "id": key, "text": text}))


def fault(socket: ClientConnection, name: str, **details: object) -> None:
    socket.send(json.dumps({"kind": "fault", "fault": name, **details}))


def test_a_drop_ends_tcp_without_a_frame(someone: Someone) -> None:
    """The server's own extension, seen from bare TCP: a reset, and no close frame before it."""
    with RawClient(someone.sandbox.url, f"/ws/durable/{someone.name}/") as client:
        client.send(text('{"kind": "fault", "fault": "drop"}'))
        with pytest.raises(ConnectionResetError):
            client.socket.recv(1)


def test_a_drop_before_the_accept_ends_tcp_without_an_answer(stage: Program) -> None:
    """Nor is a second one an error."""
    before = stage.said()
    events = [{"type": "websocket.drop"}, {"type": "websocket.drop"}]
    with RawClient(stage.url, f"/puppet?{quote(json.dumps(events))}", answered=False) as client:
        assert client.rest() == b""
    assert "Traceback" not in stage.said().removeprefix(before)


def test_a_message_is_acknowledged_as_often_as_it_comes_and_taken_once(someone: Someone) -> None:
    """On a later connection, too."""
    for _ in range(2):
        with someone.connect() as socket:
            for _ in range(2):
                say(socket, "m1", "tea")
                assert hear(socket) == {"kind": "ack", "id": "m1"}
    assert someone.taken() == {"taken": 1, "repeats": 3, "texts": ["tea"]}


def test_clients_know_nothing_of_each_other(sandbox: Program) -> None:
    """The same id from two of them is two messages."""
    one, other = Someone(sandbox), Someone(sandbox)
    for who in (one, other):
        with who.connect() as socket:
            say(socket, "m1", who.name)
            hear(socket)
    assert one.taken()["texts"] == [one.name]
    assert other.taken()["texts"] == [other.name]


def test_a_dropped_connection_is_1006_to_its_client_alone(sandbox: Program) -> None:
    """No close frame comes; another client's connection goes on, and it is no error of the server's."""
    before = sandbox.said()
    one, other = Someone(sandbox), Someone(sandbox)
    with one.connect() as dropped, other.connect() as bystander:
        fault(dropped, "drop")
        with pytest.raises(ConnectionClosed) as caught:
            dropped.recv(PATIENCE_SECONDS)
        assert caught.value.rcvd is None
        bystander.send('{"kind": "ping"}')
        assert hear(bystander) == {"kind": "pong"}
    assert "Traceback" not in sandbox.said().removeprefix(before)


def test_a_refused_client_is_told_503(sandbox: Program) -> None:
    """And nobody else is."""
    one, other = Someone(sandbox), Someone(sandbox)
    with one.connect() as socket:
        fault(socket, "refuse", seconds=10)
        assert hear_end(socket)[0] == 1013
    with pytest.raises(InvalidStatus) as refused, one.connect():
        pass
    assert refused.value.response.status_code == 503
    with other.connect() as bystander:
        bystander.send('{"kind": "ping"}')
        assert hear(bystander) == {"kind": "pong"}


LASTING = {"SANDBOX_DURABLE_SECONDS": 100_000}
"""However slow the machine is, nobody is forgotten meanwhile."""


def test_what_was_acknowledged_outlives_a_killed_server(serve_with: Serve) -> None:
    """The next process on that database knows the repeats, counts on, and takes what is new."""
    server = serve_with(**LASTING)
    name = ask(server, "/names/")["name"]
    with dial(server, f"/ws/durable/{name}/") as socket:
        for key, words in (("m1", "tea"), ("m2", "milk")):
            say(socket, key, words)
            assert hear(socket) == {"kind": "ack", "id": key}
        server.process.kill()
        with pytest.raises(ConnectionClosed):
            socket.recv(PATIENCE_SECONDS)
    server.process.wait()
    again = serve_with(shares_with=server, **LASTING)
    assert ask(again, f"/durable/{name}/") == {"taken": 2, "repeats": 0, "texts": ["tea", "milk"]}
    with dial(again, f"/ws/durable/{name}/") as socket:
        for key, words in (("m1", "tea"), ("m2", "milk"), ("m3", "sugar")):
            say(socket, key, words)
            assert hear(socket) == {"kind": "ack", "id": key}
    assert ask(again, f"/durable/{name}/") == {"taken": 3, "repeats": 2, "texts": ["tea", "milk", "sugar"]}


def test_two_processes_take_a_message_once(serve_with: Serve) -> None:
    """Whichever of them a client comes to; both tell the same of it, and a visitor has one share at both."""
    settings = {**LASTING, "SANDBOX_DURABLE_CLIENTS_PER_VISITOR": 1}
    first = serve_with(**settings)
    servers = (first, serve_with(shares_with=first, **settings))
    name = ask(first, "/names/")["name"]
    for server in servers:
        with dial(server, f"/ws/durable/{name}/") as socket:
            say(socket, "m1", "tea")
            assert hear(socket) == {"kind": "ack", "id": "m1"}
    for server in servers:
        assert ask(server, f"/durable/{name}/") == {"taken": 1, "repeats": 1, "texts": ["tea"]}
        with dial(server, f"/ws/durable/{ask(server, '/names/')['name']}/") as one_too_many:
            assert hear(one_too_many)["error"].startswith("1 clients from your address are remembered")


def test_what_cannot_be_written_is_not_acknowledged(serve_with: Serve, tmp_path: Path) -> None:
    """While the database is locked: 1013, which is *come back*. Then it is taken, once, and nobody sees a traceback."""
    server, database = serve_impatient(serve_with, tmp_path, **LASTING)
    name = ask(server, "/names/")["name"]
    with dial(server, f"/ws/durable/{name}/") as socket, locked(database):
        say(socket, "m1", "tea")
        assert hear_end(socket) == (1013, "the database does not answer: try again in 5 s")
        with pytest.raises(InvalidStatus) as refused, dial(server, f"/ws/durable/{name}/"):
            pass
        assert refused.value.response.status_code == 503
    with dial(server, f"/ws/durable/{name}/") as socket:
        say(socket, "m1", "tea")
        assert hear(socket) == {"kind": "ack", "id": "m1"}
    assert ask(server, f"/durable/{name}/") == {"taken": 1, "repeats": 0, "texts": ["tea"]}
    assert "Traceback" not in server.said()


def test_a_silent_server_takes_what_it_hears_until_the_client_comes_back(someone: Someone) -> None:
    """So a client that sends again has sent twice; it is taken once."""
    with someone.connect() as socket:
        fault(socket, "silence")
        say(socket, "m1", "tea")
        socket.send('{"kind": "ping"}')
        wait_until(lambda: someone.taken()["taken"] == 1, "the message")
        assert socket.ping().wait(PATIENCE_SECONDS)  # what came before the pong would have come by now
        with pytest.raises(TimeoutError):
            socket.recv(0)
    with someone.connect() as socket:
        say(socket, "m1", "tea")
        assert hear(socket) == {"kind": "ack", "id": "m1"}
    assert someone.taken() == {"taken": 1, "repeats": 1, "texts": ["tea"]}


@pytest.mark.parametrize(
    "words",
    [
        "not JSON",
        "[" * 60_000,
        b"\x00",
        "[]",
        "1" * 5_000,
        "NaN",
        '{"kind": "say"}',
        '{"kind": "say", "id": "", "text": "x"}',
        json.dumps({"kind": "say", "id": "x" * 41, "text": ""}),
        json.dumps({"kind": "say", "id": "x", "text": "x" * 201}),
        json.dumps({"kind": "say", "id": "\0", "text": "no database takes NUL"}),
        json.dumps({"kind": "say", "id": "x", "text": "nor \ud800, half a character"}),
        '{"kind": "fault", "fault": "refuse"}',
        '{"kind": "fault", "fault": "refuse", "seconds": 11}',
        '{"kind": "fault", "fault": "refuse", "seconds": 0}',
    ],
    ids=lambda words: str(words)[:60],
)
@pytest.mark.parametrize("path", ["/ws/durable/{}/", "/ws/vote/"])
def test_what_it_does_not_understand_is_an_error_message(someone: Someone, path: str, words: str | bytes) -> None:
    """The socket stays open."""
    with dial(someone.sandbox, path.format(someone.name)) as socket:
        socket.send(words)
        assert hear(socket)["kind"] == "error"
        socket.send(words)
        assert hear(socket)["kind"] == "error"


@pytest.mark.parametrize("name", ["bob", "0e9ab7d0-6a2c-4c9e-9c1e-0d7d1b7c9a11", "{}x", "x{}", "a%20space", ""])
def test_a_name_that_somebody_made_up_is_a_404(someone: Someone, name: str) -> None:
    """Over both protocols: so nobody meets another, or reads what another wrote, by making up the same name."""
    with pytest.raises(InvalidStatus) as refused, dial(someone.sandbox, f"/ws/durable/{name.format(someone.name)}/"):
        pass
    assert refused.value.response.status_code == 404
    if name:
        assert someone.visitor.ask("GET", f"/durable/{name.format(someone.name)}/", None)[0] == 404


def test_each_name_from_the_server_is_a_new_one(sandbox: Program) -> None:
    """And each is good."""
    visitor = Visitor(sandbox.url, ORIGIN)
    names = {json.loads(visitor.ask("GET", "/names/", None)[1])["name"] for _ in range(2)}
    assert len(names) == 2
    for name in names:
        with dial(sandbox, f"/ws/durable/{name}/") as socket:
            socket.send('{"kind": "ping"}')
            assert hear(socket) == {"kind": "pong"}
