"""LeanDispatch against plain Channels: the same scenario, the same outcome, and no waiting for the shared thread."""

from __future__ import annotations

import asyncio
import contextvars
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from asgiref.sync import SyncToAsync, ThreadSensitiveContext, async_to_sync, sync_to_async
from channels.auth import AuthMiddlewareStack
from channels.consumer import SyncConsumer
from channels.db import database_sync_to_async
from channels.exceptions import StopConsumer
from channels.generic.http import AsyncHttpConsumer
from channels.generic.websocket import AsyncWebsocketConsumer, WebsocketConsumer
from channels.layers import InMemoryChannelLayer, channel_layers
from channels.middleware import BaseMiddleware
from channels.routing import URLRouter
from channels.sessions import CookieMiddleware, InstanceSessionWrapper, SessionMiddlewareStack
from django.apps import apps
from django.db import OperationalError, connection, connections
from django.urls import path

from sandbox_server.consumer_mixins import lean_dispatch
from sandbox_server.consumer_mixins.lean_dispatch import LeanDispatch, SharedThread
from sandbox_server.consumer_mixins.subclassing import subclass_consumers
from sandbox_server.limits import CONSUMER_TURN_SECONDS
from sandbox_server.tests.conversation import (
    DISCONNECT,
    SECONDS,
    CountingThread,
    Fitting,
    Scenario,
    both,
    lean,
    open_,
    open_with_session,
    plain,
    text,
)
from testing.program import wait_until


@pytest.fixture(autouse=True)
def thread(project: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[CountingThread]:
    """A shared thread that nobody has used yet, and a database with a table of sessions."""
    monkeypatch.setitem(connections.settings["default"], "NAME", tmp_path / "db.sqlite3")
    monkeypatch.setattr(lean_dispatch, "shared_thread", SharedThread())
    with CountingThread(max_workers=1) as executor:
        monkeypatch.setattr(SyncToAsync, "single_thread_executor", executor)
        executor.run(create_table)
        yield executor
        executor.run(connections.close_all)


def create_table() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(apps.get_model("sessions.Session"))
    connection.close()


def connected() -> Any:
    """In the shared thread: the open connection to the database, or None."""
    return connection.connection


class Database(AsyncWebsocketConsumer):
    """Does with the database as it is told."""

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        assert text_data is not None
        await self.send(text_data=str(await getattr(self, text_data)()))

    async def nothing(self) -> None:
        pass

    async def count(self) -> int:
        """A query by the ORM's async methods, which leave their connection open."""
        return int(await apps.get_model("sessions.Session").objects.acount())

    count_closing = database_sync_to_async(lambda self: apps.get_model("sessions.Session").objects.count())
    connected = sync_to_async(lambda self: connected())

    @sync_to_async
    def fail(self) -> None:
        with pytest.raises(OperationalError):
            connection.cursor().execute("SELECT nonsense")


class Echo(AsyncWebsocketConsumer):
    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(text_data=text_data)


# --- closing


@both
def test_what_a_handler_left_open_is_closed_at_the_next_message(fitted: Fitting, thread: CountingThread) -> None:
    """The ORM's async methods leave a connection open; the next message closes it."""

    async def scenario() -> None:
        conversation = open_(fitted(Database))
        assert await conversation.ask("count") == "0"
        assert thread.run(connected) is not None
        await conversation.ask("nothing")
        assert thread.run(connected) is None
        await conversation.finish()

    asyncio.run(scenario())


@both
def test_nothing_is_left_open_at_the_end(fitted: Fitting, thread: CountingThread) -> None:
    """A query in the last message, and then the disconnect."""

    async def scenario() -> None:
        conversation = open_(fitted(Database))
        await conversation.ask("count")
        await conversation.finish()
        assert thread.run(connected) is None

    asyncio.run(scenario())


@both
def test_any_message_closes_what_another_connection_left_open(fitted: Fitting, thread: CountingThread) -> None:
    """All share one thread, so an echo closes what somebody who went silent has opened."""

    async def scenario() -> None:
        user, echo = open_(fitted(Database)), open_(fitted(Echo))
        await echo.ask("hello")
        await user.ask("count")
        await echo.ask("hello again")
        assert thread.run(connected) is None
        await user.finish()
        await echo.finish()

    asyncio.run(scenario())


@both
def test_database_sync_to_async_closes_by_itself(fitted: Fitting, thread: CountingThread) -> None:
    """Nothing is open as soon as the answer is there."""

    async def scenario() -> None:
        conversation = open_(fitted(Database))
        assert await conversation.ask("count_closing") == "0"
        assert thread.run(connected) is None
        await conversation.finish()

    asyncio.run(scenario())


@both
@pytest.mark.parametrize("age", [60, None])
def test_a_connection_that_may_live_on_is_kept(
    fitted: Fitting, age: int | None, thread: CountingThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With CONN_MAX_AGE the same connection serves several messages."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", age)

    async def scenario() -> None:
        conversation = open_(fitted(Database))
        await conversation.ask("count")
        first = thread.run(connected)
        assert first is not None
        await conversation.ask("count")
        assert thread.run(connected) == first
        await conversation.finish()

    asyncio.run(scenario())


@both
@pytest.mark.parametrize("by", ["oneself", "another"])
def test_a_dead_connection_is_not_used_again(
    fitted: Fitting, by: str, thread: CountingThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CONN_MAX_AGE would keep it, but it failed and is not usable: the next message's query has a new one."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 60)
    dead: list[Any] = []
    database: Any = type(connections["default"])
    monkeypatch.setattr(database, "is_usable", lambda self: self.connection not in dead)

    async def scenario() -> None:
        conversation = open_(fitted(Database))
        await conversation.ask("nothing")
        culprit = conversation if by == "oneself" else open_(fitted(Database))
        await culprit.ask("fail")
        dead.append(thread.run(connected))
        assert await conversation.ask("connected") == "None"
        assert await conversation.ask("count") == "0"
        await conversation.finish()

    asyncio.run(scenario())
    assert dead[0] is not None


async def in_a_thread_of_its_own(scenario: Scenario) -> None:
    async with ThreadSensitiveContext():
        await scenario()


async def in_a_context_of_its_own(scenario: Scenario) -> None:
    await asyncio.create_task(scenario(), context=contextvars.Context())


@both
@pytest.mark.parametrize(
    "run",
    [
        pytest.param(lambda scenario: asyncio.run(in_a_thread_of_its_own(scenario)), id="ThreadSensitiveContext"),
        pytest.param(lambda scenario: async_to_sync(scenario)(), id="async_to_sync"),
        pytest.param(lambda scenario: async_to_sync(in_a_context_of_its_own)(scenario), id="its loop"),
        pytest.param(lambda scenario: asyncio.run(sync_to_async(async_to_sync(scenario))()), id="both ways"),
    ],
)
def test_where_sync_code_runs_elsewhere_it_is_closed_there(
    fitted: Fitting, run: Callable[[Scenario], None], thread: CountingThread
) -> None:
    """What asgiref runs in another thread than the shared one, or by another way, gets Channels' own closing."""
    jobs: list[int] = []

    async def scenario() -> None:
        jobs.append(thread.jobs)
        conversation = open_(fitted(Database))
        await conversation.ask("count")
        assert await conversation.ask("connected") == "None"
        await conversation.finish()
        jobs.append(thread.jobs)

    run(scenario)
    assert jobs[0] == jobs[1]


def test_a_closing_that_fails_is_logged_and_ends_nobody(
    thread: CountingThread, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is not the echo's fault; and the next message tries again."""

    def fail() -> None:
        raise OperationalError("gone away")

    async def scenario() -> None:
        echo, user = open_(lean(Echo)), open_(lean(Database))
        await user.ask("count")
        with monkeypatch.context() as broken:
            broken.setattr(lean_dispatch, "close_old_connections", fail)
            assert await echo.ask("hello") == "hello"
            assert thread.run(connected) is not None
        assert await echo.ask("hello again") == "hello again"
        assert thread.run(connected) is None
        await echo.finish()
        await user.finish()

    asyncio.run(scenario())
    assert "gone away" in caplog.text


# --- not waiting


def test_messages_ask_nothing_of_the_shared_thread(thread: CountingThread) -> None:
    """Once it is known which databases there are, an echo gives the thread no job at all."""

    async def scenario() -> None:
        first = open_(lean(Echo))
        await first.ask("hello")
        thread.run(lambda: None)
        before = thread.jobs
        second = open_(lean(Echo))
        for number in range(20):
            assert await second.ask(str(number)) == str(number)
        assert thread.jobs == before
        await first.finish()
        await second.finish()

    asyncio.run(scenario())


@pytest.mark.parametrize("query", [False, True])
def test_an_echo_waits_for_nobody_who_blocks_the_shared_thread(query: bool, thread: CountingThread) -> None:
    """Neither for sync code nor for a slow query with its connection open, and at most one job waits for them."""
    blocked, released = threading.Event(), threading.Event()

    def block() -> None:
        if query:
            connection.ensure_connection()
        blocked.set()
        released.wait(SECONDS)

    class Blocking(SyncConsumer):
        def websocket_connect(self, message: Any) -> None:
            block()
            raise StopConsumer

    async def scenario() -> None:
        echo = open_(lean(Echo))
        await echo.ask("hello")
        blocking = open_(lean(Blocking))
        await asyncio.to_thread(blocked.wait, SECONDS)
        before = thread.jobs
        for number in range(20):
            assert await echo.ask(str(number)) == str(number)
        assert thread.jobs - before == int(query)
        released.set()
        await asyncio.wait_for(blocking.ended, SECONDS)
        assert thread.run(connected) is None
        await echo.finish()

    asyncio.run(scenario())


def test_a_query_comes_after_the_closing_that_its_message_queued(thread: CountingThread) -> None:
    """Also while the thread is busy: what was open when the message arrived is closed before its query begins."""
    released = threading.Event()

    async def scenario() -> None:
        conversation = open_(lean(Database))
        await conversation.ask("count")
        thread.submit(released.wait, SECONDS)
        before = thread.jobs
        conversation.say(text("connected"))
        await asyncio.to_thread(wait_until, lambda: thread.jobs == before + 2, "the closing and the query queued")
        released.set()
        assert await conversation.hear() == "None"
        await conversation.finish()

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("fitted", "saved_with", "passes"),
    [
        (plain, ["http.response.start"], True),
        (lean, ["http.response.start"], False),
        (lean, ["http.response.start", "websocket.send"], True),
    ],
)
def test_a_message_passes_the_session_only_where_it_could_save_it(
    fitted: Fitting, saved_with: list[str], passes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Channels saves a session with HTTP responses only, unless it is told otherwise."""
    passed: list[str] = []
    send = InstanceSessionWrapper.send

    async def counted(wrapper: Any, message: Any) -> None:
        passed.append(message["type"])
        await send(wrapper, message)

    async def no_save(wrapper: Any) -> None:
        pass

    monkeypatch.setattr(InstanceSessionWrapper, "send", counted)
    monkeypatch.setattr(InstanceSessionWrapper, "save_session", no_save)
    monkeypatch.setattr(InstanceSessionWrapper, "save_message_types", saved_with)

    async def scenario() -> None:
        conversation = open_with_session(fitted(Echo))
        assert await conversation.ask("hello") == "hello"
        await conversation.finish()

    asyncio.run(scenario())
    assert passed == (["websocket.accept", "websocket.send"] if passes else [])


# --- the same as Channels


@both
def test_an_http_response_still_saves_the_session(fitted: Fitting) -> None:
    """And brings its cookie."""

    class Remembering(AsyncHttpConsumer):
        async def handle(self, body: bytes) -> None:
            scope: Any = self.scope
            scope["session"]["note"] = "remember"
            await self.send_response(200, b"saved")

    async def scenario() -> Any:
        said, heard = asyncio.Queue[Any](), asyncio.Queue[Any]()
        said.put_nowait({"type": "http.request", "body": b""})
        stack: Any = SessionMiddlewareStack(fitted(Remembering))
        await stack({"type": "http", "headers": []}, said.get, heard.put)
        return heard.get_nowait()["headers"]

    [(name, value)] = asyncio.run(scenario())
    assert name == b"Set-Cookie"
    assert value.startswith(b"sessionid=")


@both
def test_messages_are_handled_one_after_the_other_in_their_order(fitted: Fitting) -> None:
    """Also where a handler waits: the next message's begins when it has ended."""
    steps: list[str] = []

    class Slow(AsyncWebsocketConsumer):
        async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
            steps.append(f"{text_data} begins")
            await asyncio.sleep(0.001)
            steps.append(f"{text_data} ends")

    async def scenario() -> None:
        conversation = open_(fitted(Slow))
        conversation.say(*(text(str(number)) for number in range(5)))
        await conversation.finish()

    asyncio.run(scenario())
    assert steps == [f"{number} {step}" for number in range(5) for step in ("begins", "ends")]


@both
@pytest.mark.parametrize(
    ("message", "error"),
    [
        (text("raise"), KeyError("mine")),
        ({"type": "websocket.unheard.of"}, ValueError("No handler for message type websocket.unheard.of")),
        ({"type": "_private"}, ValueError("Malformed type in message (leading underscore)")),
        ({}, ValueError("Incoming message has no 'type' attribute")),
    ],
)
def test_an_exception_leaves_the_application(fitted: Fitting, message: dict[str, Any], error: Exception) -> None:
    """The handler's own, or that there is no handler; messages behind it are not handled."""

    class Raising(Echo):
        async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
            raise KeyError("mine")

    async def scenario() -> Any:
        conversation = open_(fitted(Raising))
        conversation.say(message, DISCONNECT)
        with pytest.raises(type(error)) as caught:
            await asyncio.wait_for(conversation.ended, SECONDS)
        assert conversation.said.qsize() == 1
        return caught.value.args

    assert asyncio.run(scenario()) == error.args


@both
def test_an_exception_of_the_server_leaves_the_application(fitted: Fitting) -> None:
    """`receive` itself may fail."""

    async def receive() -> Any:
        raise ConnectionError("lost")

    async def scenario() -> None:
        with pytest.raises(ConnectionError, match="lost"):
            await fitted(Echo)({"type": "websocket"}, receive, None)

    asyncio.run(scenario())


@both
def test_stop_consumer_ends_it_without_an_exception(fitted: Fitting) -> None:
    """And what comes behind it is not handled."""

    class Stopping(Echo):
        async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
            raise StopConsumer

    async def scenario() -> None:
        conversation = open_(fitted(Stopping))
        conversation.say(text("stop"), text("more"))
        assert await asyncio.wait_for(conversation.ended, SECONDS) is None
        assert conversation.said.qsize() == 1

    asyncio.run(scenario())


@both
@pytest.mark.parametrize("during", ["receive", "handler"])
def test_cancelling_reaches_it_wherever_it_waits(fitted: Fitting, during: str) -> None:
    """As Daphne cancels at its end: the handler sees it, and nothing is left running."""
    seen: list[str] = []

    class Waiting(Echo):
        async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
            try:
                await self.send(text_data="waiting")
                await asyncio.Event().wait()
            finally:
                seen.append("cancelled")

    async def scenario() -> None:
        conversation = open_(fitted(Waiting if during == "handler" else Echo))
        await conversation.ask("hello")
        conversation.ended.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(conversation.ended, SECONDS)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(scenario())
    assert seen == (["cancelled"] if during == "handler" else [])


@both
def test_a_group_reaches_its_members_in_order(fitted: Fitting, monkeypatch: pytest.MonkeyPatch) -> None:
    """A consumer with a channel layer hears the layer and its client."""

    class Member(Echo):
        channel_layer_alias = "rooms"
        groups = ["room"]

        async def room_news(self, message: Any) -> None:
            await self.send(text_data=message["news"])

    async def scenario() -> None:
        layer = InMemoryChannelLayer()
        monkeypatch.setitem(channel_layers.backends, "rooms", layer)
        conversation = open_(fitted(Member))
        assert await conversation.ask("hello") == "hello"
        for number in range(5):
            await layer.group_send("room", {"type": "room.news", "news": str(number)})
        assert [await conversation.hear() for _ in range(5)] == ["0", "1", "2", "3", "4"]
        await conversation.finish()
        assert layer.groups == {}

    asyncio.run(scenario())


@both
def test_others_have_their_turn_between_the_messages_of_one_connection(fitted: Fitting) -> None:
    """A connection whose messages have all arrived already does not keep the event loop to itself."""
    turns: list[int] = []

    class Busy(AsyncWebsocketConsumer):
        async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
            turns.append(0)
            time.sleep(CONSUMER_TURN_SECONDS)  # noqa: ASYNC251 (work, not waiting)

    async def take_turns() -> None:
        while True:
            if turns:
                turns[-1] += 1
            await asyncio.sleep(0)

    async def scenario() -> None:
        others = asyncio.ensure_future(take_turns())
        conversation = open_(fitted(Busy))
        conversation.say(*(text("work") for _ in range(5)))
        await conversation.finish()
        others.cancel()

    asyncio.run(scenario())
    assert len(turns) == 5
    assert all(turns)


# --- whom it fits


@both
def test_consumers_with_a_way_of_their_own_keep_it(fitted: Fitting) -> None:
    """A `dispatch` or `__call__` that a class defines itself is what runs."""

    class Shouting(Echo):
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            self.begins = "Well: "
            await super().__call__(scope, receive, send)

        async def dispatch(self, message: dict[str, Any]) -> None:
            if "text" in message:
                message = {**message, "text": self.begins + message["text"].upper()}
            await super().dispatch(message)

    async def scenario() -> None:
        conversation = open_(fitted(Shouting))
        assert await conversation.ask("hello") == "Well: HELLO"
        await conversation.finish()

    asyncio.run(scenario())


@both
def test_sync_consumers_work_as_before(fitted: Fitting, thread: CountingThread) -> None:
    """They run in the shared thread, and Channels closes around them."""

    class Counting(WebsocketConsumer):
        def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
            self.send(text_data=str(apps.get_model("sessions.Session").objects.count()))

    async def scenario() -> None:
        conversation = open_(fitted(Counting))
        assert await conversation.ask("how many?") == "0"
        await conversation.finish()
        assert thread.run(connected) is None

    asyncio.run(scenario())


def test_routes_keep_what_they_pass_on() -> None:
    """Nested routers, a route's own arguments and those of as_asgi() arrive in the consumer."""

    class Telling(AsyncWebsocketConsumer):
        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

        async def connect(self) -> None:
            await self.accept()
            await self.send(text_data=f"{type(self).__name__} {self.name} {self.scope['url_route']['kwargs']}")

    inner: Any = [path("<int:order>/", Telling.as_asgi(name="Telly"), {"colour": "red"})]  # type: ignore[arg-type]
    outer: Any = [path("shops/<slug:shop>/", URLRouter(inner))]  # type: ignore[arg-type]
    router = URLRouter(subclass_consumers(outer, LeanDispatch))

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await router(cast(Any, {**scope, "path": "/shops/acme/7/"}), receive, send)

    async def scenario() -> None:
        conversation = open_(application)
        assert await conversation.hear() == "Telling Telly {'shop': 'acme', 'order': 7, 'colour': 'red'}"
        await conversation.finish()

    asyncio.run(scenario())


@pytest.mark.parametrize("wrap", [AuthMiddlewareStack, BaseMiddleware, CookieMiddleware])
def test_a_consumer_behind_middleware_gets_the_mixins_too(wrap: Callable[[Any], Any]) -> None:
    """What stands in front of a consumer does not keep its reader from seeing it."""

    class Behind(AsyncWebsocketConsumer):
        pass

    routes: Any = [path("a/", wrap(URLRouter([path("", wrap(Behind.as_asgi()))])))]
    application: Any = subclass_consumers(routes, LeanDispatch)[0].callback
    while not hasattr(application, "consumer_class"):
        application = getattr(application, "inner", None) or application.routes[0].callback
    assert issubclass(application.consumer_class, LeanDispatch)
    assert issubclass(application.consumer_class, Behind)
