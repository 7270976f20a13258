"""So many at once, in total and for each visitor: the guard by itself, and in each sandbox that has one."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Coroutine, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from sandbox_server import limits
from sandbox_server.guards.admission import Admission, Full, visitor_of
from sandbox_server.sandboxes import four_consumers, raw_bytes, wsgi_witness
from sandbox_server.sandboxes.attacked import deaf
from sandbox_server.sandboxes.news import stream as news
from sandbox_server.sandboxes.race import consumer as race
from sandbox_server.sandboxes.rooms import register
from sandbox_server.tests.conversation import SECONDS, open_

pytestmark = pytest.mark.usefixtures("project")

SOMEBODY, ANOTHER = "192.0.2.1", "2001:db8::1"


def test_no_more_are_admitted_than_there_are_places() -> None:
    """Whoever they are; when one leaves there is room for one."""
    places = Admission("races", total=2, per_visitor=2)
    with places.admit("a"):
        with places.admit("b"), pytest.raises(Full, match=r"^2 races$"), places.admit("c"):
            pass
        with places.admit("c"):
            pass


def test_no_visitor_takes_more_than_a_share() -> None:
    """And the others are let in meanwhile."""
    places = Admission("races", total=3, per_visitor=2)
    with places.admit("a"), places.admit("a"):
        with pytest.raises(Full, match=r"^2 races from your address$"), places.admit("a"):
            pass
        with places.admit("b"):
            pass
    with places.admit("a"):
        pass


def test_a_place_is_given_back_however_its_block_ends() -> None:
    """By an exception, too; and of a visitor who has left nothing is kept."""
    places = Admission("races", total=1, per_visitor=1)
    for _ in range(3):
        with pytest.raises(LookupError), places.admit("a"):
            raise LookupError
    assert not places.inside


def test_many_threads_at_once_are_counted_right() -> None:
    """A thousand of them enter, ten at a time; no place is given twice, and none is lost."""
    places = Admission("calls", total=10, per_visitor=10)
    most, lock = [0], threading.Lock()

    def call(number: int) -> bool:
        try:
            with places.admit(f"visitor {number % 3}"):
                with lock:
                    most[0] = max(most[0], places.inside.total())
                return True
        except Full:
            return False

    with ThreadPoolExecutor(16) as threads:
        assert any(threads.map(call, range(1000)))
    assert 0 < most[0] <= 10
    assert not places.inside


@pytest.mark.parametrize(
    ("scope", "visitor"),
    [
        ({"client": ["192.0.2.1", 50000]}, "192.0.2.1"),
        ({"client": ("2001:db8::1", 50000)}, "2001:db8::/64"),
        ({"client": ("2001:db8::ffff:0:0:2", 50000)}, "2001:db8::/64"),
        ({"client": ("2001:db8:0:1::1", 50000)}, "2001:db8:0:1::/64"),
        ({"client": ("::ffff:192.0.2.1", 50000)}, "192.0.2.1"),
        ({"client": ("fe80::1%eth0", 50000)}, "fe80::/64"),
        ({"client": None}, ""),
        ({}, ""),
    ],
)
def test_a_visitor_is_the_clients_address(scope: dict[str, Any], visitor: str) -> None:
    """Not its port, which each connection has anew, nor the half of an IPv6 address that anybody chooses for himself.
    Those whose address no server knows are one visitor.
    """
    assert visitor_of(scope) == visitor


@pytest.fixture
def filled() -> Iterator[Callable[[Admission, str, int], None]]:
    """Takes places in somebody's name, and gives them back after the test."""
    with ExitStack() as places:

        def fill(admission: Admission, visitor: str, count: int) -> None:
            for number in range(count):
                places.enter_context(admission.admit(visitor or f"visitor {number}"))

        yield fill


async def over_websocket(consumer: Any, question: object) -> Any:
    """What a consumer answers to somebody."""
    headers = [(b"host", b"testserver"), (b"origin", b"http://testserver")]
    conversation = open_(consumer.as_asgi(), client=[SOMEBODY, 1], headers=headers, server=["127.0.0.1", 9])
    answer = json.loads(await conversation.ask(json.dumps(question)))
    await conversation.finish()
    return answer["error"]


async def over_http(application: Any) -> Any:
    """What an application answers to somebody, whom it tells to come back in a second."""
    sent: list[dict[str, Any]] = []

    async def send(event: dict[str, Any]) -> None:
        sent.append(event)

    await application({"type": "http", "client": [SOMEBODY, 1]}, None, send)
    assert sent[0] == {"type": "http.response.start", "status": 503, "headers": [(b"retry-after", b"1")]}
    return json.loads(sent[1]["body"])["error"]


async def into_a_room() -> Any:
    """What a newcomer is refused with."""
    with pytest.raises(register.Refused) as refused:
        register.enter(register.new_room(), SOMEBODY)
    words, code = refused.value.args
    assert code == register.FULL
    return words


async def over_a_stream() -> Any:
    """What the one event of a stream says that has no place."""
    said = [text async for text in news.events(SOMEBODY, None, "news.nobody", None, 0)]
    return said[-1].removeprefix("retry: 10000\nevent: full\ndata: ")


Ask = Callable[[], Coroutine[Any, Any, Any]]
LOAD = {"requests": 1, "wait_ms": 10}
GUARDED: dict[str, tuple[Admission, Ask, str, str]] = {
    "race": (
        race.races,
        lambda: over_websocket(race.RaceConsumer, LOAD),
        "8 races are running just now, try again in a moment",
        "4 races from your address are running just now, try again in a moment",
    ),
    "four consumers": (
        four_consumers.visitors,
        lambda: over_websocket(four_consumers.FourConsumersConsumer, {"handlers": "async", "consumers": 1}),
        "20 visitors are measuring just now: try again in a second",
        "10 visitors from your address are measuring just now: try again in a second",
    ),
    "raw bytes": (
        raw_bytes.readers,
        lambda: over_websocket(raw_bytes.RawBytesConsumer, {"bytes": ""}),
        "20 readers are trying this at the moment: try again in a second",
        "10 readers from your address are trying this at the moment: try again in a second",
    ),
    "a client that does not read": (
        deaf.deaf,
        lambda: over_websocket(deaf.DeafConsumer, "begin"),
        "4 clients that do not read are at work: try again in 8 s",
        "2 clients that do not read from your address are at work: try again in 8 s",
    ),
    "WSGI witness": (
        wsgi_witness.calls,
        lambda: over_http(wsgi_witness.in_its_own_thread(wsgi_witness.hello)),
        "20 calls are running, try again",
        "10 calls from your address are running, try again",
    ),
    "news": (
        news.streams,
        over_a_stream,
        "100 streams are open\n\n",
        "30 streams from your address are open\n\n",
    ),
    "rooms": (
        register.opened,
        into_a_room,
        "all 500 rooms are taken: try again later",
        "all 50 rooms from your address are taken: try again later",
    ),
}


@pytest.mark.parametrize(("admission", "ask", "full", "own"), GUARDED.values(), ids=GUARDED)
def test_one_too_many_is_told_so(
    admission: Admission, ask: Ask, full: str, own: str, filled: Callable[[Admission, str, int], None]
) -> None:
    """Whether the places are others', or the visitor's own; and once there is a place, that is not what is answered."""
    filled(admission, "", admission.total - 1)
    filled(admission, ANOTHER, 1)
    assert asyncio.run(ask()) == full


@pytest.mark.parametrize(("admission", "ask", "full", "own"), GUARDED.values(), ids=GUARDED)
def test_who_has_a_share_already_is_told_so(
    admission: Admission, ask: Ask, full: str, own: str, filled: Callable[[Admission, str, int], None]
) -> None:
    """There are places left, but not for this visitor."""
    filled(admission, SOMEBODY, admission.per_visitor)
    assert asyncio.run(ask()) == own


def test_a_room_keeps_its_place_until_its_last_member_leaves(project: None) -> None:
    """It counts for whoever opened it, though others stay longer."""
    room = register.new_room()
    first, second = register.enter(room, SOMEBODY), register.enter(room, ANOTHER)
    assert register.opened.inside == {SOMEBODY: 1}
    register.leave(room, first)
    assert register.opened.inside == {SOMEBODY: 1}
    for _ in range(2):  # a connection may leave twice: by its close, and at its end
        register.leave(room, second)
        assert not register.opened.inside


def test_a_call_that_is_witnessed_keeps_its_place_until_it_ends() -> None:
    """Ten of one visitor, each held open; an eleventh is told to wait, and has a place when they have ended."""
    begun, released = threading.Semaphore(0), threading.Event()

    def wait(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", wsgi_witness.PLAIN)
        begun.release()
        released.wait(SECONDS)
        return [b"done"]

    application = wsgi_witness.in_its_own_thread(wait)
    request = {"type": "http", "http_version": "1.1", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    scope = {**request, "client": [SOMEBODY, 1]}

    async def call() -> int:
        sent: list[dict[str, Any]] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": b""}

        async def send(event: dict[str, Any]) -> None:
            sent.append(event)

        await application(scope, receive, send)
        return int(sent[0]["status"])

    async def scenario() -> None:
        calls = [asyncio.ensure_future(call()) for _ in range(limits.WITNESSED_CALLS_PER_VISITOR)]
        for _ in calls:
            assert await asyncio.to_thread(begun.acquire, timeout=SECONDS)
        assert await call() == 503
        released.set()
        assert await asyncio.gather(*calls) == [200] * len(calls)
        assert await call() == 200

    asyncio.run(scenario())
    assert not wsgi_witness.calls.inside
