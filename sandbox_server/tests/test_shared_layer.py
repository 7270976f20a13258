"""What goes on while Redis is away, and what comes back with it. On real servers, with a real Redis."""

from __future__ import annotations

from contextlib import ExitStack

from sandbox_server.tests.clients import dial, hear
from sandbox_server.tests.test_promises import Serve, ask
from sandbox_server.tests.test_rooms import Guest
from sandbox_server.tests.undisturbed import undisturbed
from testing.own_redis import Redis
from testing.ports import reserved_port
from testing.program import wait_until


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
        carol = enter(connections, one, room)
        assert "you" in carol.hears()
        carol.say("without Redis")
        assert alice.hears_until("text")["text"] == "hello"
        assert alice.hears_until("text")["text"] == "flushed"
        assert alice.hears_until("text")["text"] == "without Redis"
        own_redis.begin()
        for server in (one, other):
            wait_until(lambda server=server: "Redis is back" in server.said(), "Redis")  # type: ignore[misc]
        carol.say("with Redis")
        assert alice.hears_until("text")["text"] == "with Redis"
        assert bob.hears_until("text")["text"] == "with Redis"


def test_a_server_whose_redis_was_never_there_serves(serve_with: Serve, connections: ExitStack) -> None:
    """Rooms, chats and observations, in one process."""
    server = serve_with(REDIS_URL=f"redis://127.0.0.1:{reserved_port()}")
    with undisturbed(server):
        alice = enter(connections, server, ask(server, "/rooms/", "POST")["room"])
        assert "you" in alice.hears()
        path = f"/ws/chat/{ask(server, '/names/')['name']}/"
        with dial(server, path) as chat:
            chat.send("hello")
            assert chat.recv(60) == "hello"
        with dial(server, f"/ws/observe/{'e' * 22}/", {"Cookie": "observer=abcdefghijklmnop"}) as observation:
            assert hear(observation) == {"kind": "ready"}
