"""What a client that loses its connection may rely on: the consumer, its faults, and the server that lends itself."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from live_docs.player.visitor import Visitor
from sandbox_server import limits
from sandbox_server.guards.admission import Admission, Full
from sandbox_server.sandboxes import durable
from sandbox_server.tests.clients import PATIENCE_SECONDS, dial, hear, hear_end
from sandbox_server.tests.conversation import open_
from sandbox_server.tests.conversation import text as conversation_text
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


def test_a_client_is_refused_until_its_time_is_over(project: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the second, by a clock that the test turns."""
    now = 1000.0
    monkeypatch.setattr(durable, "monotonic", lambda: now)
    monkeypatch.setattr(durable, "clients", {})
    route = {"args": (), "kwargs": {"client": "one"}}

    async def first_answer(*said: str) -> Any:
        conversation = open_(durable.DurableConsumer.as_asgi(), url_route=route)
        conversation.say(*map(conversation_text, said))
        answer = await conversation.heard.get()
        await conversation.finish()
        return answer["type"]

    assert asyncio.run(first_answer('{"kind": "fault", "fault": "refuse", "seconds": 10}')) == "websocket.accept"
    now += 9.9
    assert asyncio.run(first_answer()) == "websocket.http.response.start"
    now += 0.1
    assert asyncio.run(first_answer()) == "websocket.accept"


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


def test_a_repeat_is_known_for_two_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    """And only among the last hundred messages: memory is bounded in time and in number."""
    now = 1000.0
    monkeypatch.setattr(durable, "monotonic", lambda: now)
    client = durable.Client()
    client.take("first", "x")
    now += 119
    client.take("first", "x")
    assert (client.total, client.repeats) == (1, 1)
    for number in range(limits.DURABLE_MESSAGES):
        client.take(str(number), "x")
    assert len(client.taken) == limits.DURABLE_MESSAGES
    now += 121
    client.take("last", "x")
    assert list(client.taken) == ["last"]


@pytest.fixture
def remember(monkeypatch: pytest.MonkeyPatch) -> Callable[..., durable.Client]:
    """As on a server that has just begun: three clients, and two of one visitor's."""
    monkeypatch.setattr(durable, "clients", {})
    monkeypatch.setattr(durable, "remembered", Admission("clients", total=3, per_visitor=2))
    return durable.remember


def test_clients_are_forgotten_two_minutes_after_their_last_word(
    monkeypatch: pytest.MonkeyPatch, remember: Callable[..., durable.Client]
) -> None:
    """But not while they are connected; and whoever is forgotten makes room."""
    now = 1000.0
    monkeypatch.setattr(durable, "monotonic", lambda: now)
    first, second = remember("first", "a"), remember("second", "a")
    first.connections += 1
    now += 121
    remember("third", "a")
    assert list(durable.clients) == ["first", "third"]
    assert remember("first", "a") is first
    first.connections -= 1
    now += 121
    assert remember("second", "b") is not second
    assert list(durable.clients) == ["second"]
    assert durable.remembered.inside == {"b": 1}


def test_nobody_is_forgotten_to_make_room(remember: Callable[..., durable.Client]) -> None:
    """Neither by others nor by more clients of the same visitor: who comes too late is told."""
    first = remember("first", "a")
    remember("second", "b")
    remember("third", "b")
    for name, visitor, full in [("fourth", "b", "3 clients"), ("fourth", "a", "3 clients")]:
        with pytest.raises(Full, match=full):
            remember(name, visitor)
    assert remember("first", "stranger") is first


def test_a_vote_is_counted_for_its_connection_alone(sandbox: Program) -> None:
    """Two voters, two tallies; what the server says carries its kind."""
    with dial(sandbox, "/ws/vote/") as one, dial(sandbox, "/ws/vote/") as other:
        for socket in (one, one, other):
            socket.send('{"kind": "vote", "choice": "tea"}')
        assert hear(one) == {"kind": "tally", "votes": {"tea": 1, "coffee": 0}}
        assert hear(one) == {"kind": "tally", "votes": {"tea": 2, "coffee": 0}}
        assert hear(other) == {"kind": "tally", "votes": {"tea": 1, "coffee": 0}}
        one.send('{"kind": "vote", "choice": "cocoa"}')
        assert hear(one)["error"] == "choice: tea or coffee"
