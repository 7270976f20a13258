"""Observing: what is streamed, to whom, and what never is."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from channels.layers import InMemoryChannelLayer, channel_layers
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from contract.events import Handler
from contract.observation import OVER
from sandbox_server.limits import OBSERVED_QUEUE_EVENTS
from sandbox_server.observing import stream
from sandbox_server.observing.recording import LAYER, read_query
from sandbox_server.tests.clients import PATIENCE_SECONDS, hear
from sandbox_server.tests.conversation import Conversation, open_
from sandbox_server.tests.reader import Reader, raised
from testing.program import Program, start_sandbox_server


def test_all_three_lanes_of_an_observed_echo_are_streamed_in_order(sandbox: Program, connections: ExitStack) -> None:
    """The wire, ASGI and the consumer's handler, each in the order in which it happened."""
    reader = Reader(sandbox, connections)
    observation = reader.observe()
    reader.echo("hello", client="alice")
    events = reader.events(observation)
    assert {event["client"] for event in events} == {"alice"}
    assert [event["at"] for event in events] == sorted(event["at"] for event in events)
    wire = [event for event in events if event["lane"] == "wire"]
    assert [event["type"] for event in wire] == ["handshake.request", "handshake.response", *["frame"] * 4]
    assert [(frame["way"], frame["opcode"], frame["payload"]) for frame in wire[2:4]] == [
        ("in", 1, b"hello".hex()),
        ("out", 1, b"hello".hex()),
    ]
    asgi = [event["event"]["type"] for event in events if event["type"] == "event"]
    assert asgi == [
        "websocket.connect",
        "websocket.accept",
        "websocket.receive",
        "websocket.send",
        "websocket.disconnect",
    ]
    assert "EchoConsumer.receive" in [event.get("handler") for event in events]


def test_the_handshake_is_streamed_as_it_crossed(sandbox: Program, connections: ExitStack) -> None:
    """The client's own header names and order, and the answer's computed key."""
    reader = Reader(sandbox, connections)
    observation = reader.observe()
    reader.echo("hello")
    request, response = (event["text"] for event in reader.events(observation) if "handshake" in event["type"])
    lines = request.split("\r\n")
    assert lines[0] == f"GET /ws/echo/?observe={reader.id} HTTP/1.1"
    assert "Sec-WebSocket-Version: 13" in lines
    assert response.startswith("HTTP/1.1 101 Switching Protocols\r\n")
    assert "\r\nSec-WebSocket-Accept: " in response


def test_the_parameter_does_not_reach_the_application(sandbox: Program, connections: ExitStack) -> None:
    """The scope is what it would be without an observer; other parameters keep their bytes."""
    reader = Reader(sandbox, connections)
    reader.observe()
    socket = reader.dial(f"/ws/asgi/?a=%20b+c&observe={reader.id}&d")
    assert hear(socket)["query_string"] == "b'a=%20b+c&d'"


def test_a_stranger_sees_nothing_whatever_id_they_guess_or_reuse(sandbox: Program, connections: ExitStack) -> None:
    """Two visitors with the very same id: each is shown their own connection, and only that."""
    ann, ben = Reader(sandbox, connections), Reader(sandbox, connections)
    of_ann = ann.observe()
    of_ben_with_anns_id = ben.observe(ann.id)
    of_ben = ben.observe()
    ann.echo("ann's secret")
    ben.echo("ben's secret", observer_id=ann.id)
    for reader, observation, own, other in [(ann, of_ann, "ann", "ben"), (ben, of_ben_with_anns_id, "ben", "ann")]:
        reader.events(observation)
        assert f"{own}'s secret" in reader.raw
        assert f"{other}'s secret".encode().hex() not in reader.raw
        assert f"{other}'s secret" not in reader.raw
    ben.echo("and under ben's own id", client="later")
    assert {event["client"] for event in ben.events(of_ben)} == {"later"}


def test_without_the_visitors_cookie_nothing_can_be_observed(sandbox: Program, connections: ExitStack) -> None:
    """The cookie is what makes an observation somebody's own."""
    reader = Reader(sandbox, connections)
    reader.visitor.cookies.clear("127.0.0.1", "/", "observer")
    with pytest.raises(InvalidStatus):
        reader.observe()


@pytest.mark.parametrize("observer_id", ["short", "x" * 65, "../../echo", "%00" * 22, "é" * 22])
def test_an_id_that_is_none_is_refused_or_ignored(sandbox: Program, connections: ExitStack, observer_id: str) -> None:
    """No observation under it, and a connection that carries it works as any other."""
    reader = Reader(sandbox, connections)
    with pytest.raises(InvalidStatus):
        reader.observe(observer_id)
    reader.echo("hello", observer_id=observer_id)


def test_a_logged_in_readers_cookies_are_never_streamed(sandbox: Program, connections: ExitStack) -> None:
    """Every byte that was streamed is searched for the value of every cookie, and of a token."""
    reader = Reader(sandbox, connections, user="alice")
    observation = reader.observe()
    token = "eyJhbGciOiJIUzI1NiJ9.e30.signature-of-a-token"
    offered = [Subprotocol("chat"), Subprotocol(token)]
    headers = {"Authorization": f"Bearer {token}"}
    with reader.dial(f"/ws/whoami/?observe={reader.id}", headers=headers, subprotocols=offered) as socket:
        socket.recv(PATIENCE_SECONDS)
    reader.events(observation)
    assert "alice" in reader.raw
    for secret in [token, *(cookie.value for cookie in reader.visitor.cookies)]:
        assert secret is not None
        assert secret not in reader.raw
        assert secret.encode().hex() not in reader.raw


def test_what_the_layers_added_to_the_scope_is_named(sandbox: Program, connections: ExitStack) -> None:
    """Between the server's scope and the consumer's stand the middleware and the router."""
    reader = Reader(sandbox, connections, user="bob")
    observation = reader.observe()
    with reader.dial(f"/ws/whoami/?observe={reader.id}") as socket:
        socket.recv(PATIENCE_SECONDS)
    server, consumer = (event for event in reader.events(observation) if event["type"] == "scope")
    assert server["layer"] == "server"
    assert "'user'" not in server["python"]
    assert consumer["layer"] == "consumer"
    assert {"cookies", "session", "user", "url_route"} <= set(consumer["added"])
    assert "'user': <bob>" in consumer["python"]


def test_an_exception_that_leaves_the_application_is_streamed(sandbox: Program, connections: ExitStack) -> None:
    """With its name, its message, and the line of the sandbox that raised it."""
    reader = Reader(sandbox, connections)
    observation = reader.observe()
    socket = reader.dial(f"/ws/life/raise/?observe={reader.id}")
    socket.send("oh")
    [error] = [event for event in reader.events(observation, raised) if event["type"] == "exception"]
    assert (error["name"], error["text"]) == ("RuntimeError", "nobody catches this: oh")
    assert error["where"].startswith("life.py, line ")
    assert error["where"].endswith(", in receive")


def test_an_exception_deep_in_a_library_is_placed_where_channels_met_it(
    sandbox: Program, connections: ExitStack
) -> None:
    """A line of the JSON decoder would teach nobody what happened."""
    reader = Reader(sandbox, connections)
    observation = reader.observe()
    socket = reader.dial(f"/ws/life/counter/?observe={reader.id}")
    socket.send("no JSON")
    [error] = [event for event in reader.events(observation, raised) if event["type"] == "exception"]
    assert error["where"].startswith("websocket.py, line ")
    assert error["where"].endswith(", in decode_json")


def test_a_long_payload_is_cut_and_says_so(sandbox: Program, connections: ExitStack) -> None:
    """A frame's true length is told; of its payload, the first kilobyte."""
    reader = Reader(sandbox, connections)
    observation = reader.observe()
    reader.echo("x" * 5000)
    frame = next(event for event in reader.events(observation) if event["type"] == "frame")
    assert (frame["length"], len(frame["payload"]) // 2, frame["cut"]) == (5000, 1024, True)


ID = secrets.token_urlsafe(16)
COOKIE = [(b"cookie", b"observer=somebody")]


@pytest.fixture
def observe(project: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Conversation]:
    """Opens an observation in this process, with a channel layer of its own."""

    def observe() -> Conversation:
        monkeypatch.setitem(channel_layers.backends, LAYER, InMemoryChannelLayer())
        route = {"args": (), "kwargs": {"observer_id": ID}}
        return open_(stream.ObserveConsumer.as_asgi(), headers=COOKIE, url_route=route)

    return observe


def test_an_observer_that_does_not_keep_up_is_told_how_much_it_lost(observe: Callable[[], Conversation]) -> None:
    """More happens at once than may wait: what does not fit is dropped, and counted before what comes next."""
    dropped = 44

    async def scenario() -> list[Any]:
        observation = observe()
        assert json.loads(await observation.hear()) == {"kind": "ready"}
        recording, _ = read_query(f"observe={ID}".encode(), COOKIE)
        assert recording is not None
        for _ in range(OBSERVED_QUEUE_EVENTS + dropped):
            recording.add(Handler("Nobody.receive"))
        told = [json.loads(await observation.hear())]
        recording.add(Handler("Nobody.receive"))
        told += [json.loads(await observation.hear()) for _ in range(2)]
        await observation.finish()
        return told

    many, lost, one = asyncio.run(scenario())
    assert len(many["events"]) == OBSERVED_QUEUE_EVENTS
    assert lost == {"kind": "lost", "count": dropped}
    assert len(one["events"]) == 1


def test_an_observation_ends_when_its_time_is_up(
    observe: Callable[[], Conversation], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a code of its own, by which the page knows that it may begin anew."""
    monkeypatch.setattr(stream, "OBSERVATION_SECONDS", 0)

    async def scenario() -> Any:
        observation = observe()
        while (event := await asyncio.wait_for(observation.heard.get(), PATIENCE_SECONDS))["type"] != "websocket.close":
            pass
        await observation.finish()
        return event

    assert asyncio.run(scenario()) == {"type": "websocket.close", "code": OVER}


def test_the_clock_is_answered_at_once_with_the_servers_time(sandbox: Program, connections: ExitStack) -> None:
    """What the page needs to put both ends on one time line."""
    observation = Reader(sandbox, connections).observe()
    observation.send(json.dumps({"kind": "clock", "page_time": 12.5}))
    first = hear(observation)
    assert first["page_time"] == 12.5
    observation.send(json.dumps({"kind": "clock", "page_time": 13}))
    assert hear(observation)["server_time"] >= first["server_time"]


@pytest.mark.parametrize("nonsense", ["", "not json", "[]", '{"kind": "everything"}', "null"])
def test_nonsense_from_an_observer_is_no_error(sandbox: Program, connections: ExitStack, nonsense: str) -> None:
    """The observation goes on."""
    observation = Reader(sandbox, connections).observe()
    observation.send(nonsense)
    observation.send(json.dumps({"kind": "clock", "page_time": 1}))
    assert hear(observation)["kind"] == "clock"


def test_it_works_across_processes_that_share_a_redis(redis: str, tmp_path: Path, connections: ExitStack) -> None:
    """The observer is connected to one process, the observed connection to another."""
    servers = []
    for number in (1, 2):
        server = start_sandbox_server(tmp_path, f"log{number}", REDIS_URL=redis)
        connections.callback(server.end)
        servers.append(server)
    reader = Reader(servers[0], connections)
    observation = reader.observe()
    reader.server = servers[1]
    reader.echo("hello")
    assert "EchoConsumer.receive" in [event.get("handler") for event in reader.events(observation)]
