"""What a client that loses its connection may rely on: the consumer, its faults, and the server that lends itself."""

from __future__ import annotations

import asyncio
import json
import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from live_docs.player.visitor import Visitor
from sandbox_server import limits
from sandbox_server.consumer_mixins.subclassing import with_mixins
from sandbox_server.guards.admission import Admission, Full
from sandbox_server.tests.clients import PATIENCE_SECONDS, dial, hear, hear_end
from sandbox_server.tests.conversation import Conversation, open_
from sandbox_server.tests.conversation import text as conversation_text
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


class Clock:
    """What time it is for the sandbox, in this process: as the test turns it."""

    def __init__(self) -> None:
        from django.utils.timezone import now

        self.began = self.time = now()

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return 1000 + (self.time - self.began).total_seconds()

    def turn(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def clock(tables: None, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """For a server that has just begun: three clients, and two of one visitor's."""
    from sandbox_server.sandboxes.durable import consumer, models

    clock = Clock()
    for module in (consumer, models):
        monkeypatch.setattr(module, "now", clock.now)
    monkeypatch.setattr(consumer, "monotonic", clock.monotonic)
    monkeypatch.setattr(models, "remembered", Admission("clients", total=3, per_visitor=2))
    models.DurableClient.objects.all().delete()
    return clock


def remember(name: str, visitor: str = "a", *connected: str) -> Any:
    """The row of a client that connects, while others are connected to the same process."""
    from sandbox_server.sandboxes.durable.models import DurableClient

    return DurableClient.remember(name, visitor, set(connected))


def names() -> list[str]:
    """Who is remembered."""
    from sandbox_server.sandboxes.durable.models import DurableClient

    return sorted(DurableClient.objects.values_list("name", flat=True))


def connect(name: str, visitor: str = "192.0.2.1", *mixins: type) -> Conversation:
    from sandbox_server.sandboxes.durable.consumer import DurableConsumer

    route = {"args": (), "kwargs": {"client": name}}
    return open_(with_mixins(DurableConsumer.as_asgi(), mixins), url_route=route, client=[visitor, 1])


def test_a_client_is_refused_until_its_time_is_over(clock: Clock) -> None:
    """To the second."""

    async def first_answer(*said: str) -> Any:
        conversation = connect("one")
        conversation.say(*map(conversation_text, said))
        answer = await conversation.heard.get()
        await conversation.finish()
        return answer["type"]

    assert asyncio.run(first_answer('{"kind": "fault", "fault": "refuse", "seconds": 10}')) == "websocket.accept"
    clock.turn(9.9)
    assert asyncio.run(first_answer()) == "websocket.http.response.start"
    clock.turn(0.1)
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


def test_a_repeat_is_known_for_two_minutes(clock: Clock) -> None:
    """And only among the last hundred messages: the table is bounded in time and in number."""
    client = remember("one")
    assert client.take("first", "x")
    clock.turn(119)
    assert client.take("first", "x")
    client.refresh_from_db()
    assert (client.taken, client.repeats) == (1, 1)
    for number in range(limits.DURABLE_MESSAGES):
        assert client.take(str(number), "x")
    assert client.messages.count() == limits.DURABLE_MESSAGES
    assert not client.messages.filter(key="first").exists()
    clock.turn(121)
    assert client.take("last", "x")
    assert [message.key for message in client.messages.all()] == ["last"]


def test_clients_are_forgotten_two_minutes_after_their_last_word(clock: Clock) -> None:
    """With their messages, and whoever is forgotten makes room; but not while they are connected."""
    from sandbox_server.sandboxes.durable.models import DurableMessage

    for name in ("first", "second"):
        remember(name).take("m1", "x")
    clock.turn(121)
    remember("third", "a", "first")
    assert names() == ["first", "third"]
    assert [message.client_id for message in DurableMessage.objects.all()] == ["first"]
    assert remember("first", "a", "first").taken == 1
    clock.turn(121)
    assert remember("second", "b").taken == 0
    assert names() == ["second"]
    assert not DurableMessage.objects.exists()


def test_a_client_that_is_connected_is_remembered(clock: Clock) -> None:
    """However long it says nothing; two minutes begin when it goes."""

    async def scenario() -> None:
        silent = connect("silent")
        await silent.ask("?")
        clock.turn(500)
        await connect("second").finish()
        await silent.finish()
        clock.turn(119)
        await connect("third", "192.0.2.2").finish()

    asyncio.run(scenario())
    assert names() == ["second", "silent", "third"]
    clock.turn(2)
    remember("last", "b")
    assert names() == ["last", "third"]


def test_whoever_pings_is_remembered_by_other_processes(clock: Clock) -> None:
    """They find it in the table, where not each ping is written."""
    from sandbox_server.sandboxes.durable.models import DurableClient

    def heard_at() -> Any:
        return DurableClient.objects.values_list("heard_at", flat=True).get(name="one")

    async def scenario() -> list[Any]:
        pings = connect("one")
        heard = []
        for seconds in (0, 20, 20):
            clock.turn(seconds)
            await pings.ask('{"kind": "ping"}')
            heard.append(await asyncio.to_thread(heard_at))
        await pings.finish()
        return heard

    assert asyncio.run(scenario()) == [clock.began, clock.began, clock.began + timedelta(seconds=40)]


def test_a_visitor_waits_for_one_message_of_another(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many connections that one has: consumers have one thread for the database, in which all queue."""
    from sandbox_server.consumer_mixins.lean_dispatch import LeanDispatch
    from sandbox_server.sandboxes.durable import models

    begun, released, taken = threading.Event(), threading.Event(), []

    def take(client: Any, key: str, text: str) -> bool:
        begun.set()
        released.wait(PATIENCE_SECONDS)
        taken.append(key)
        return True

    monkeypatch.setattr(models.DurableClient, "take", take)
    monkeypatch.setattr(models, "remembered", Admission("clients", total=9, per_visitor=9))

    async def scenario() -> None:
        others = [connect(f"client {number}", "192.0.2.2", LeanDispatch) for number in range(5)]
        mine = connect("mine", "192.0.2.1", LeanDispatch)
        for conversation in (*others, mine):
            await conversation.ask('{"kind": "ping"}')
        for conversation in (*others, mine):
            key = "mine" if conversation is mine else "another's"
            conversation.say(conversation_text(json.dumps({"kind": "say", "id": key, "text": ""})))
        await asyncio.to_thread(begun.wait, PATIENCE_SECONDS)
        for _ in range(20):  # all of them have come to the thread, or to where they wait for their turn
            await asyncio.sleep(0)
        released.set()
        for conversation in (*others, mine):
            await conversation.hear()
            await conversation.finish()

    asyncio.run(scenario())
    assert taken == ["another's", "mine", *["another's"] * 4]


def test_a_clock_that_is_set_back_leaves_no_client_for_ever(clock: Clock) -> None:
    """It would have its place until the time comes round again."""
    remember("first")
    clock.turn(-2 * 24 * 60 * 60)
    remember("second")
    assert names() == ["second"]


def test_a_client_that_was_forgotten_is_told_to_come_back(clock: Clock) -> None:
    """What it says is not acknowledged, since it was not taken."""
    from sandbox_server.sandboxes.durable.models import DurableClient

    def forget() -> None:
        DurableClient.objects.all().delete()

    async def scenario() -> Any:
        conversation = connect("one")
        await conversation.ask('{"kind": "ping"}')
        await asyncio.to_thread(forget)
        conversation.say(conversation_text('{"kind": "say", "id": "m1", "text": "tea"}'))
        answer = await conversation.heard.get()
        await conversation.finish()
        return answer

    answer = asyncio.run(scenario())
    assert (answer["type"], answer["code"]) == ("websocket.close", 1013)
    assert names() == []


def test_nobody_is_forgotten_to_make_room(clock: Clock) -> None:
    """Neither by others nor by more clients of the same visitor: who comes too late is told, and is in no table."""
    remember("first", "a")
    remember("second", "a")
    with pytest.raises(Full, match="2 clients from your address"):
        remember("third", "a")
    remember("third", "b")
    for visitor in ("a", "b"):
        with pytest.raises(Full, match="3 clients"):
            remember("fourth", visitor)
    assert remember("first", "stranger").visitor == "a"
    assert names() == ["first", "second", "third"]


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
