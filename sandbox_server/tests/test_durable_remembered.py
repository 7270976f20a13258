"""For how long a durable client is remembered, and for whose room: by a clock that the tests turn."""

from __future__ import annotations

import asyncio
import json
import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from channels.db import database_sync_to_async

from sandbox_server import limits
from sandbox_server.consumer_mixins.subclassing import with_mixins
from sandbox_server.guards.admission import Admission, Full
from sandbox_server.tests.clients import PATIENCE_SECONDS
from sandbox_server.tests.conversation import Conversation, open_
from sandbox_server.tests.conversation import text as conversation_text


class Clock:
    """What time it is for the sandbox, in this process: as the test turns it."""

    def __init__(self) -> None:
        from django.utils.timezone import now

        self.time = now()

    def now(self) -> datetime:
        return self.time

    def turn(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def clock(tables: None, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """For a server that has just begun: three clients, and two of one visitor's."""
    from sandbox_server.sandboxes.durable import consumer, models

    clock = Clock()
    for module in (consumer, models):
        monkeypatch.setattr(module, "now", clock.now)
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


def test_whoever_is_connected_is_remembered_by_other_processes(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """However silent: they find it in the table. Once the consumer has ended, even by an exception, no longer."""
    from sandbox_server.sandboxes.durable import consumer
    from sandbox_server.sandboxes.durable.models import DurableClient

    monkeypatch.setattr(consumer, "DURABLE_SECONDS", 0.004)

    def heard_at() -> Any:
        return DurableClient.objects.values_list("heard_at", flat=True).get(name="silent")

    async def scenario() -> None:
        before = asyncio.all_tasks()
        silent = connect("silent")
        assert (await silent.heard.get())["type"] == "websocket.accept"
        for _ in range(2):
            clock.turn(500)
            while await database_sync_to_async(heard_at)() != clock.time:
                pass
        silent.say({"type": "websocket.unheard_of"})
        with pytest.raises(ValueError, match="No handler"):
            await silent.ended
        if left := asyncio.all_tasks() - before:
            await asyncio.wait(left)

    asyncio.run(asyncio.wait_for(scenario(), PATIENCE_SECONDS))


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
        await database_sync_to_async(forget)()
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


def test_whoever_is_counted_can_be_seen_by_other_processes(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that two that come at once, each to a process, do not pass the bound together."""
    from django.db import connection

    from sandbox_server.sandboxes.durable import models

    seen = []

    def look() -> None:
        seen.append(names())
        connection.close()

    class Watched(Admission):
        def check(self, inside: int, of_visitor: int) -> None:
            elsewhere = threading.Thread(target=look)
            elsewhere.start()
            elsewhere.join(PATIENCE_SECONDS)

    monkeypatch.setattr(models, "remembered", Watched("clients", total=3, per_visitor=2))
    remember("first")
    assert seen == [["first"]]
