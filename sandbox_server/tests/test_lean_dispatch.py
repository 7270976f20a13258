"""Lean dispatch and Channels' own: the same scripts, the same outcomes. And what lean dispatch alone does not wait for.

`both` runs a consumer as it was written, and with the mixin in front of it.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar
from itertools import product
from typing import Any

import pytest
from asgiref.sync import SyncToAsync, async_to_sync, sync_to_async
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer, WebsocketConsumer
from channels.sessions import InstanceSessionWrapper, SessionMiddlewareStack
from django.db import close_old_connections, connection, connections

from sandbox_server.consumer_mixins import lean_dispatch
from sandbox_server.consumer_mixins.subclassing import with_mixins
from sandbox_server.limits import CONSUMER_TURN_SECONDS
from sandbox_server.tests.conversation import DISCONNECT, SECONDS, open_, text

PLAIN: Any = ()
LEAN: Any = (lean_dispatch.LeanDispatch,)
both = pytest.mark.parametrize("mixins", [PLAIN, LEAN], ids=["plain", "lean"])


class CountingThread(ThreadPoolExecutor):
    """The thread that all of `sync_to_async` shares; it counts the jobs that it is given."""

    jobs = 0

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        self.jobs += 1
        return super().submit(*args, **kwargs)

    def connection(self) -> Any:
        """Its open connection to the database or None, after all that was asked so far; the count begins again."""
        self.jobs = 0
        return super().submit(lambda: connection.connection).result(SECONDS)

    def block(self, connected: bool, until: threading.Event) -> None:
        """Keep it busy, with a connection or without; the count begins again."""
        began = super().submit(lambda: connection.ensure_connection() if connected else None)
        super().submit(until.wait, SECONDS)
        began.result(SECONDS)
        self.jobs = 0


@pytest.fixture(autouse=True)
def thread(project: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[CountingThread]:
    with CountingThread(max_workers=1) as executor:
        monkeypatch.setattr(SyncToAsync, "single_thread_executor", executor)
        yield executor
        executor.submit(connections.close_all)


class Puppet(AsyncWebsocketConsumer):
    """Does as it is told, and says what came of it."""

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(str(await getattr(self, str(text_data))()))

    async def nothing(self) -> None:
        pass

    query = sync_to_async(lambda self: connection.ensure_connection())  # stays open, as by the ORM's async methods
    connection = sync_to_async(lambda self: connection.connection)

    async def layer(self) -> str:
        return type(self.channel_layer).__name__


async def play(script: str, mixins: Any, thread: CountingThread) -> None:
    """`ann query`: she is told to, and answers; `ann tells query` waits for no answer. Between stands what happens in
    the thread or is true of it; its jobs are those since it was last looked at (`open`, `closed`) or blocked.
    """
    people = {name: open_(with_mixins(Puppet.as_asgi(), mixins)) for name in ("ann", "bob") if name in script}
    released, opened = threading.Event(), None
    for step in script.split("; "):
        match step.split():
            case ["ann" | "bob" as name, "tells", order]:
                people[name].say(text(order))
            case ["ann" | "bob" as name, "hears"]:
                assert await people[name].hear() == "None"
            case ["ann" | "bob" as name, order]:
                assert await people[name].ask(order) == "None"
            case ["blocked", *connected]:
                thread.block(bool(connected), released)
            case ["released"]:
                released.set()
            case [number, "jobs"]:
                assert thread.jobs == int(number)
            case ["open"]:
                assert (opened := thread.connection()) is not None
            case ["kept"]:
                assert thread.connection() is opened
            case ["closed"]:
                assert thread.connection() is None
    for conversation in people.values():
        await conversation.finish()


SAME = [
    "ann query; open; ann nothing; closed",
    "bob nothing; ann query; open; bob nothing; closed",
    "ann query; open; ann query; kept",
]
LEAN_ALONE = [
    "ann nothing; bob nothing; closed; ann nothing; ann nothing; bob nothing; 0 jobs",
    "ann nothing; closed; blocked; ann nothing; ann nothing; 0 jobs; released",
    "ann nothing; closed; blocked connected; ann nothing; ann nothing; 1 jobs; released; closed",
    "blocked; ann nothing; ann nothing; 1 jobs; released",
    "ann query; open; blocked connected; ann tells connection; released; ann hears",
]


@pytest.mark.parametrize(("mixins", "script"), [*product([PLAIN], SAME), *product([LEAN], SAME + LEAN_ALONE)])
def test_connections_are_closed_as_channels_does_and_nobody_waits(
    mixins: Any, script: str, thread: CountingThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At anybody's next message, and at the end; kept while CONN_MAX_AGE lets them live on."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 60 if script.endswith("kept") else 0)
    asyncio.run(play(script, mixins, thread))


@both
def test_where_sync_code_runs_elsewhere_it_is_closed_there(mixins: Any, thread: CountingThread) -> None:
    """Under async_to_sync asgiref chooses another thread than the shared one: for the closing as for the query."""
    async_to_sync(play)("ann query; ann connection; 0 jobs", mixins, thread)


def test_a_closing_that_fails_is_logged_and_tried_again(
    thread: CountingThread, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is not the fault of the message that it came with."""
    attempts: Iterator[Callable[[], Any]] = iter([lambda: 1 / 0, lambda: 1 / 0, close_old_connections])
    monkeypatch.setattr(lean_dispatch, "close_old_connections", lambda: next(attempts)())
    asyncio.run(play("ann nothing; closed; ann query; open; ann nothing; open; ann nothing; closed", LEAN, thread))
    assert caplog.text.count("Closing old database connections failed") == 2


def outcome(application: Any, *messages: Any, **scope: Any) -> tuple[list[Any], int, str]:
    """What a conversation comes to: what the consumer said, how many messages it left, and its exception."""

    async def scenario() -> tuple[list[Any], int, str]:
        conversation = open_(application, **scope)
        conversation.say(*messages, DISCONNECT)
        await asyncio.wait([conversation.ended], timeout=SECONDS)
        heard = [conversation.heard.get_nowait().get("text") for _ in range(conversation.heard.qsize())]
        return heard[1:], conversation.said.qsize(), repr(conversation.ended.exception())

    return asyncio.run(scenario())


where: ContextVar[str] = ContextVar("where")


class OwnCall(Puppet):
    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await super().__call__(scope, receive, send)
        raise KeyError("my own way")


class OwnDispatch(WebsocketConsumer):  # as every SyncConsumer
    def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        self.send("my own way")


class Layered(Puppet):
    """Sends itself what it is told to, and says what it finds: that order, and in which handler it was set."""

    channel_layer_alias = "this_process"

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if not hasattr(self, str(text_data)):
            where.set("receive")
            await self.channel_layer.send(self.channel_name, {"type": str(text_data)})
            await asyncio.sleep(0)  # the other source has its message, and waits
            await self.send(f"told to {text_data}")
        else:
            await super().receive(text_data)

    async def own_word(self, event: Any) -> None:
        await self.send(f"what was set in {where.get()}")

    async def own_stop(self, event: Any) -> None:
        raise StopConsumer

    async def own_fault(self, event: Any) -> None:
        raise LookupError("of a group")


OUTCOMES: list[tuple[Any, dict[str, Any], tuple[list[Any], int, str]]] = [
    (Puppet, text("layer"), (["NoneType"], 0, "None")),
    (Layered, text("layer"), (["InMemoryChannelLayer"], 0, "None")),
    (Layered, text("own.word"), (["told to own.word", "what was set in receive"], 0, "None")),
    (Layered, text("own.stop"), (["told to own.stop"], 0, "None")),
    (Layered, text("own.fault"), (["told to own.fault"], 0, "LookupError('of a group')")),
    (Puppet, text("else"), ([], 1, "AttributeError(\"'Puppet' object has no attribute 'else'\")")),
    (Puppet, {"type": "un.heard"}, ([], 1, "ValueError('No handler for message type un.heard')")),
    (Puppet, {"type": "_close"}, ([], 1, "ValueError('Malformed type in message (leading underscore)')")),
    (OwnCall, text("nothing"), (["None"], 0, "KeyError('my own way')")),
    (OwnDispatch, text("nothing"), (["my own way"], 0, "None")),
]


@both
@pytest.mark.parametrize(("consumer", "message", "expected"), OUTCOMES)
def test_a_conversation_comes_to_the_same(mixins: Any, consumer: Any, message: Any, expected: Any) -> None:
    """To its end, or to the exception that leaves the application; a `dispatch` or `__call__` of one's own is kept."""
    assert outcome(with_mixins(consumer.as_asgi(), mixins), message) == expected


@both
def test_messages_are_handled_one_by_one_and_others_have_their_turn_between(mixins: Any) -> None:
    """A connection whose messages have all arrived does not keep the event loop to itself."""
    steps: list[str] = []

    class Busy(Puppet):
        async def nothing(self) -> None:
            asyncio.get_running_loop().call_soon(steps.append, "others")
            steps.append("begins")
            time.sleep(CONSUMER_TURN_SECONDS)  # noqa: ASYNC251 (work, not waiting)
            steps.append("ends")

    outcome(with_mixins(Busy.as_asgi(), mixins), *[text("nothing")] * 3)
    assert steps == ["begins", "ends", "others"] * 3


SAVED: Any = [("websocket", [], PLAIN, 2), ("websocket", [], LEAN, 0), ("websocket", ["websocket.send"], LEAN, 2)]


@pytest.mark.parametrize(("kind", "saved_with", "mixins", "passing"), [*SAVED, ("http", [], LEAN, 2)])
def test_a_message_passes_the_session_only_where_it_could_save_it(
    kind: str, saved_with: list[str], mixins: Any, passing: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Channels saves a session with HTTP responses only, unless it is told otherwise."""
    passed: list[Any] = []

    def counted(wrapper: Any, message: Any) -> Any:
        passed.append(message)
        return wrapper.real_send(message)

    monkeypatch.setattr(InstanceSessionWrapper, "send", counted)
    monkeypatch.setattr(InstanceSessionWrapper, "save_message_types", ["http.response.start", *saved_with])
    outcome(SessionMiddlewareStack(with_mixins(Puppet.as_asgi(), mixins)), text("nothing"), type=kind, headers=[])
    assert len(passed) == passing
