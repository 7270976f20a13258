"""What goes on while Redis is away, and what comes back with it. On real servers, with a real Redis."""

from __future__ import annotations

import asyncio
import signal
import time
from contextlib import ExitStack

import pytest

from sandbox_server.tests.clients import dial, hear
from sandbox_server.tests.test_promises import Serve, ask
from sandbox_server.tests.test_rooms import Guest
from sandbox_server.tests.undisturbed import undisturbed
from testing.own_redis import Redis
from testing.ports import reserved_port


def enter(connections: ExitStack, server: object, room: object) -> Guest:
    return Guest(connections.enter_context(dial(server, f"/ws/rooms/{room}/")))  # type: ignore[arg-type]


def test_rooms_go_on_while_redis_is_away_and_reach_others_when_it_is_back(
    own_redis: Redis, serve_with: Serve, connections: ExitStack
) -> None:
    """Those in one process hear each other all the time, newcomers too; those in two once it is there."""
    one = serve_with(REDIS_URL=own_redis.url)
    other = serve_with(REDIS_URL=own_redis.url, shares_with=one)
    with undisturbed(one), undisturbed(other):
        room = ask(one, "/rooms/", "POST")["room"]
        alice, bob = enter(connections, one, room), enter(connections, other, room)
        assert "you" in bob.hears()
        alice.say("hello")
        assert bob.hears_until("text")["text"] == "hello"
        own_redis.flush()
        alice.say("flushed")
        assert bob.hears_until("text")["text"] == "flushed"
        own_redis.end()
        for member in (alice, bob):
            assert "only members on yours" in member.hears_until("degraded")["degraded"]
        carol = enter(connections, one, room)
        assert "you" in carol.hears()
        assert "only members on yours" in carol.hears_until("degraded")["degraded"]
        carol.say("without Redis")
        assert alice.hears_until("text")["text"] == "without Redis"
        own_redis.begin()
        for member in (alice, bob, carol):
            assert "all members hear you again" in member.hears_until("whole")["whole"]
        carol.say("with Redis")
        assert alice.hears_until("text")["text"] == "with Redis"
        assert bob.hears_until("text")["text"] == "with Redis"


@pytest.mark.long
def test_a_redis_that_hangs_is_away_too(own_redis: Redis, serve_with: Serve, connections: ExitStack) -> None:
    """No connection ends, and nothing answers. Whoever speaks does not wait for it, and hears when it goes on."""
    one = serve_with(REDIS_URL=own_redis.url)
    other = serve_with(REDIS_URL=own_redis.url, shares_with=one)
    with undisturbed(one), undisturbed(other):
        room = ask(one, "/rooms/", "POST")["room"]
        alice, bob = enter(connections, one, room), enter(connections, other, room)
        own_redis.process.send_signal(signal.SIGSTOP)
        for member in (alice, bob):
            member.hears_until("degraded")
            member.say("alone")
            assert member.hears_until("text")["text"] == "alone"
        own_redis.process.send_signal(signal.SIGCONT)
        for member in (alice, bob):
            member.hears_until("whole")
        alice.say("together")
        assert bob.hears_until("text")["text"] == "together"


def test_a_member_that_has_left_is_told_no_more(own_redis: Redis, serve_with: Serve, connections: ExitStack) -> None:
    """Nothing of it stays in the layer: who is there hears, and the log holds no error."""
    server = serve_with(REDIS_URL=own_redis.url)
    room = ask(server, "/rooms/", "POST")["room"]
    alice, bob = enter(connections, server, room), enter(connections, server, room)
    bob.socket.close()
    alice.hears_until("left")
    own_redis.end()
    alice.hears_until("degraded")
    assert "ERROR" not in server.said()


def test_a_server_whose_redis_was_never_there_serves(serve_with: Serve, connections: ExitStack) -> None:
    """Rooms, chats and observations, in one process."""
    server = serve_with(REDIS_URL=f"redis://127.0.0.1:{reserved_port()}")
    with undisturbed(server):
        alice = enter(connections, server, ask(server, "/rooms/", "POST")["room"])
        assert "you" in alice.hears()
        alice.hears_until("degraded")
        path = f"/ws/chat/{ask(server, '/names/')['name']}/"
        with dial(server, path) as chat:
            chat.send("hello")
            assert chat.recv(60) == "hello"
        with dial(server, f"/ws/observe/{'e' * 22}/", {"Cookie": "observer=abcdefghijklmnop"}) as observation:
            assert hear(observation) == {"kind": "ready"}


def test_a_clock_that_is_set_forward_puts_nobody_out_of_a_group(project: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Channels ends a membership after a day by the clock on the wall, also if it was that which has jumped."""
    from sandbox_server.shared_layer import SharedLayer

    async def scenario() -> object:
        layer = SharedLayer()
        await layer.group_add("room", channel := await layer.new_channel())
        jumped = time.time() + 2 * layer.group_expiry
        monkeypatch.setattr(time, "time", lambda: jumped)
        await layer.group_send("room", {"type": "word"})
        return await asyncio.wait_for(layer.receive(channel), 60)

    assert asyncio.run(scenario()) == {"type": "word"}
