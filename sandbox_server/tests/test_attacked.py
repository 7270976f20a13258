"""The sandbox of attacks, on the real server: what its transcripts do not show, and that it reaches nobody else."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from live_docs.player.visitor import Visitor
from sandbox_server.tests.clients import dial, hear, hear_end
from sandbox_server.tests.conversation import Conversation, open_, text
from testing.program import Program
from testing.project import ORIGIN


def knock(visitor: Visitor, door: str, order: str) -> tuple[int, Any]:
    status, answer = visitor.ask("POST", f"/attacked/doors/{door}/", order)
    return status, json.loads(answer) if answer.startswith("{") else answer


@pytest.mark.parametrize(
    "order", ["", "[]", "null", '"origin"', '{"origin": 1}', '{"origin": "\\ud800"}', "[" * 10_000, '{"origin": "é€"}']
)
def test_an_order_that_is_none_is_refused(sandbox: Program, order: str) -> None:
    """With a sentence that says what one is."""
    status, answer = knock(Visitor(sandbox.url, ORIGIN), "open", order)
    assert (status, answer) == (400, {"error": 'send {"origin": "https://…"}, or {}'})


@pytest.mark.parametrize("origin", ["null", "", "https://shop.example.evil.example", "https://evilshop.example"])
def test_what_is_nearly_an_origin_is_refused(sandbox: Program, origin: str) -> None:
    """At both doors that look: a name that ends or begins like the shop's is another one."""
    for door in ("hosts", "origins"):
        answer = knock(Visitor(sandbox.url, ORIGIN), door, json.dumps({"origin": origin}))
        assert answer == (200, {"page_hears": ["refused"]})


def test_an_origin_that_is_no_address_is_told(sandbox: Program) -> None:
    """Channels raises there, which a server answers with 500."""
    status, answer = knock(Visitor(sandbox.url, ORIGIN), "origins", '{"origin": "https://["}')
    assert status == 200
    assert answer["page_hears"][0].startswith("raised ValueError")


def test_only_the_page_itself_can_have_it_played(sandbox: Program) -> None:
    """A page from elsewhere has no CSRF token, so it plays nothing with its visitor's cookies."""
    alice = Visitor(sandbox.url, ORIGIN)
    alice.become("alice")
    body = json.dumps({"origin": "https://evil.example"}).encode()
    assert alice.send("POST", "/attacked/doors/open/", body, {})[0] == 403
    assert alice.ask("GET", "/attacked/doors/open/")[0] == 405
    assert knock(alice, "back", "{}")[0] == 404


def test_whoever_chooses_a_type_reaches_nobody_else(sandbox: Program) -> None:
    """Of two connections to the consumer that passes on anything, the one hears nothing of the other."""
    with dial(sandbox, "/ws/attacked/types/") as attacker, dial(sandbox, "/ws/attacked/types/") as bystander:
        attacker.send('{"type": "chat.promoted"}')
        assert hear(attacker) == {"you_are": "a moderator"}
        attacker.send('{"type": "websocket.disconnect"}')
        assert hear_end(attacker)[0] == 1011
        bystander.send('{"type": "chat.message", "text": "hi"}')
        assert hear(bystander) == {"said": "hi", "moderator": False}


@pytest.mark.parametrize(
    "kind", ["dispatch", "websocket.receive", "send", "close", "chat.message.", 1, None, ["chat.message"]]
)
def test_no_other_method_can_be_named_in_public(sandbox: Program, kind: Any) -> None:
    """`dispatch` would call itself until Python's stack is full."""
    with dial(sandbox, "/ws/attacked/types/") as socket:
        socket.send(json.dumps({"type": kind}))
        assert "error" in hear(socket)


def test_a_group_ends_with_its_connection(project: None) -> None:
    """However that ends: an event without its code raises in Channels, and `disconnect()` is not called then."""
    from channels.layers import get_channel_layer

    from sandbox_server.sandboxes.attacked.typed import TrustingConsumer

    async def attack() -> None:
        layer: Any = get_channel_layer("this_process")
        before = set(layer.groups)
        conversation = open_(TrustingConsumer.as_asgi())
        await conversation.ask('{"type": "chat.promoted"}')
        assert set(layer.groups) - before
        conversation.say(text('{"type": "websocket.disconnect"}'))
        with pytest.raises(KeyError):
            await conversation.hear()
        assert set(layer.groups) == before

    asyncio.run(attack())


def test_a_number_that_no_letter_has_is_answered(sandbox: Program) -> None:
    """Whatever it is: nothing is raised, and the socket stays open."""
    numbers: list[Any] = [3, 0, -1, 10**400, "1", None, [], {"letter": 1}, 1.5]
    bob = Visitor(sandbox.url, ORIGIN)
    bob.become("bob")
    for path in ("/ws/attacked/letters/", "/ws/attacked/letters/checked/"):
        with dial(sandbox, path, bob.cookie_header()) as socket:
            for number in numbers:
                socket.send(json.dumps({"letter": number}))
                assert hear(socket) == {"error": "no such letter"}
            socket.send("1")
            assert hear(socket) == {"error": "no such letter"}


def test_letters_are_for_whoever_is_logged_in(sandbox: Program) -> None:
    """Who is not, is closed before a word."""
    for path in ("/ws/attacked/letters/", "/ws/attacked/letters/checked/"):
        with dial(sandbox, path) as socket:
            assert hear_end(socket) == (4401, "log in first")


def test_the_pace_is_that_of_the_last_seconds(project: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for as long as the reason says is heard again, and is again too much with the sixth message."""
    from sandbox_server.sandboxes.attacked import paced

    now = 1000.0
    monkeypatch.setattr(paced, "monotonic", lambda: now)

    async def speak() -> None:
        nonlocal now
        conversation = open_(paced.PacedConsumer.as_asgi())
        for round_ in range(3):
            for number in range(paced.MESSAGES):
                assert await conversation.ask(f"{round_}.{number}") == f"{round_}.{number}"
            now += paced.SECONDS if round_ < 2 else 0
        conversation.say(text("one more"))
        closed = await conversation.heard.get()
        assert closed == {"type": "websocket.close", "code": 4429, "reason": "try again in 10 s"}
        await conversation.finish()

    asyncio.run(speak())


def test_a_visitor_is_counted_on_all_connections_and_forgotten_afterwards(
    project: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a new connection nor one that ends by an exception is a fresh start; the time that is said is."""
    from sandbox_server.sandboxes.attacked import counted, paced

    now = 1000.0
    monkeypatch.setattr(counted, "monotonic", lambda: now)
    monkeypatch.setattr(counted, "visitors", {})

    def come(name: str) -> Conversation:
        return open_(counted.CountedConsumer.as_asgi(), url_route={"args": (), "kwargs": {"name": name}})

    async def ends(conversation: Conversation) -> Any:
        while (event := await conversation.heard.get())["type"] != "websocket.close":
            pass
        await conversation.finish()
        return event["reason"]

    async def attack() -> None:
        nonlocal now
        first, second = come("mallory"), come("mallory")
        for number in range(paced.MESSAGES):
            speaker = (first, second)[number % 2]
            assert await speaker.ask(str(number)) == str(number)
        assert await ends(come("mallory")) == "2 sockets at a time"
        await second.finish()
        first.say({"type": "websocket.unheard_of"})
        with pytest.raises(ValueError, match="No handler"):
            await first.ended
        assert await ends(come("mallory")) == "try again in 10 s"
        bystander = come("bob")
        assert await bystander.ask("hello") == "hello"
        await bystander.finish()
        now += paced.SECONDS
        third = come("mallory")
        assert await third.ask("hello again") == "hello again"
        assert list(counted.visitors) == ["mallory"]
        await third.finish()

    asyncio.run(attack())


def test_while_a_client_does_not_read_others_are_answered(sandbox: Program) -> None:
    """The one is ended within its time, and whoever had it begin is told; nothing of it is left."""
    with dial(sandbox, "/ws/attacked/deaf/") as attacker, dial(sandbox, "/ws/echo/") as bystander:
        attacker.send("begin")
        assert hear(attacker)["read_kib"] == 0
        bystander.send("still here")
        assert bystander.recv(60) == "still here"
        attacker.send("another one")
        assert hear(attacker) == {"error": "one is at work for you"}
        assert hear(attacker)["the_server"] == "has ended TCP"
        attacker.send("again")
        assert hear(attacker)["read_kib"] == 0


def test_who_leaves_takes_the_client_along_that_does_not_read(sandbox: Program) -> None:
    """Its place is free at once: two of a visitor's may be at work, and here are three, one after the other."""
    for _ in range(3):
        with dial(sandbox, "/ws/attacked/deaf/") as attacker:
            attacker.send("begin")
            assert hear(attacker)["read_kib"] == 0
    assert "took too long to shut down" not in sandbox.said()
