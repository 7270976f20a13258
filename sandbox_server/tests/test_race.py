"""The race, and the witness of WSGI calls: what they report, what they refuse, and that nobody waits for them."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from http.client import HTTPResponse
from typing import Any
from urllib.request import Request, urlopen

import pytest
from websockets.sync.client import ClientConnection

from sandbox_server.limits import RACES_PER_VISITOR
from sandbox_server.sandboxes.race.consumer import RaceConsumer, races
from sandbox_server.sandboxes.race.race import Race
from sandbox_server.tests.clients import PATIENCE_SECONDS, dial, hear
from sandbox_server.tests.conversation import open_
from testing.program import Program, wait_until

LONG = {"server": "wsgi", "requests": 10, "wait_ms": 500, "workers": 1}


def hear_all(race: ClientConnection) -> Iterator[dict[str, Any]]:
    """The messages of one race, without the last."""
    while "done" not in (message := hear(race)):
        yield message


def heard_so_far(race: ClientConnection) -> Iterator[dict[str, Any]]:
    """The messages that have come, without waiting for more."""
    with suppress(TimeoutError):
        while True:
            yield json.loads(race.recv(0))


def get(sandbox: Program, path: str, **headers: str) -> HTTPResponse:
    answer: HTTPResponse = urlopen(Request(sandbox.url + path, headers=headers), timeout=PATIENCE_SECONDS)
    return answer


def stream(sandbox: Program, path: str) -> socket.socket:
    """A connection on which a request has been sent, to read the answer as it comes."""
    host, port = sandbox.url.removeprefix("http://").split(":")
    connection = socket.create_connection((host, int(port)), PATIENCE_SECONDS)
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
    return connection


def begin(race: ClientConnection, load: dict[str, Any]) -> dict[str, Any]:
    """The first message of a race, asked for until there is room: a call that blocks outlives its visitor."""
    heard: dict[str, Any] = {}

    def is_let_in() -> bool:
        race.send(json.dumps(load))
        heard.clear()
        heard.update(hear(race))
        return not heard.get("error", "").endswith("running just now, try again in a moment")

    wait_until(is_let_in, "room for a race")
    return heard


@pytest.fixture(autouse=True)
def places_given_back(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whoever comes next to the same server finds room for a race."""
    yield
    if "sandbox" in request.fixturenames:
        with ExitStack() as stack:
            sandbox: Program = request.getfixturevalue("sandbox")
            short = [stack.enter_context(dial(sandbox, "/ws/race/")) for _ in range(RACES_PER_VISITOR)]
            for race in short:
                begin(race, {"requests": 1, "wait_ms": 10})
            for race in short:
                list(hear_all(race))


def run(sandbox: Program, **load: Any) -> list[dict[str, Any]]:
    with dial(sandbox, "/ws/race/") as race:
        return [begin(race, load), *hear_all(race)]


def ends(messages: list[dict[str, Any]]) -> list[bool]:
    """Of each message, in the order in which they came, whether it says that something ended."""
    return ["ended_ms" in message for message in messages]


def test_one_worker_takes_the_calls_one_after_another(sandbox: Program) -> None:
    """Each call starts when the one before it has ended, in the order in which they arrived."""
    messages = run(sandbox, server="wsgi", requests=4, wait_ms=10, workers=1)
    assert [message["call"] for message in messages] == [1, 1, 2, 2, 3, 3, 4, 4]
    assert ends(messages) == [False, True] * 4
    assert {message["worker"] for message in messages} == {"worker_0"}
    times = [message.get("ended_ms", message["started_ms"]) for message in messages]
    assert times == sorted(times)


def test_as_many_workers_as_calls_take_them_all_at_once(sandbox: Program) -> None:
    """All have started before the first has ended, each in a thread of its own."""
    messages = run(sandbox, server="wsgi", requests=4, wait_ms=500, workers=4)
    assert ends(messages) == [False] * 4 + [True] * 4
    assert {message["worker"] for message in messages} == {"worker_0", "worker_1", "worker_2", "worker_3"}


def test_no_more_calls_are_under_way_than_there_are_workers(sandbox: Program) -> None:
    """The pool is as large as was asked for, and a worker has one call at a time."""
    under_way: dict[str, int] = {}
    for message in run(sandbox, server="wsgi", requests=12, wait_ms=10, workers=3):
        if "ended_ms" in message:
            assert under_way.pop(message["worker"]) == message["call"]
        else:
            assert message["worker"] not in under_way
            under_way[message["worker"]] = message["call"]
            assert len(under_way) <= 3


def test_fifty_calls_that_await_are_under_way_together(sandbox: Program) -> None:
    """One event loop starts them all before the first has ended."""
    messages = run(sandbox, server="asgi", requests=50, wait_ms=500, how="await")
    assert ends(messages) == [False] * 50 + [True] * 50
    assert {message["worker"] for message in messages} == {"event loop"}


def test_a_call_that_blocks_stops_the_event_loop(sandbox: Program) -> None:
    """No other call starts before it has ended."""
    messages = run(sandbox, server="asgi", requests=4, wait_ms=10, how="blocking")
    assert ends(messages) == [False, True] * 4


def test_sync_to_async_frees_the_loop_and_has_one_thread(sandbox: Program) -> None:
    """All calls are under way on the loop, and their blocking parts follow each other in the other thread."""
    messages = run(sandbox, server="asgi", requests=4, wait_ms=200, how="sync_to_async")
    loop = [message for message in messages if message["worker"] == "event loop"]
    thread = [message for message in messages if message["worker"] == "sync_to_async"]
    assert ends(loop) == [False] * 4 + [True] * 4
    assert ends(thread) == [False, True] * 4
    assert len(loop) + len(thread) == len(messages)


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ("not json", "send a JSON object"),
        (b"\x00\xff", "send a JSON object"),
        ("[1, 2]", "send a JSON object"),
        ("[" * 9000, "send a JSON object"),
        ("{}", "requests must be a whole number from 1 to 50"),
        ('{"requests": true, "wait_ms": 10}', "requests must be a whole number from 1 to 50"),
        ('{"requests": NaN, "wait_ms": 10}', "requests must be a whole number from 1 to 50"),
        ('{"requests": 51, "wait_ms": 10}', "requests must be a whole number from 1 to 50"),
        ('{"requests": 1, "wait_ms": 9}', "wait_ms must be a whole number from 10 to 500"),
        ('{"requests": 1, "wait_ms": 10, "workers": 9}', "workers must be a whole number from 1 to 8"),
        ('{"requests": 1, "wait_ms": 10, "server": []}', "server must be one of wsgi, asgi"),
        ('{"requests": 1, "wait_ms": 10, "how": "?"}', "how must be one of await, blocking, sync_to_async"),
        (
            '{"requests": 50, "wait_ms": 500, "workers": 2}',
            "50 requests of 500 ms, 2 at a time, would take 12500 ms; the most is 5000 ms",
        ),
        (
            '{"server": "asgi", "requests": 11, "wait_ms": 500, "how": "blocking"}',
            "11 requests of 500 ms, 1 at a time, would take 5500 ms; the most is 5000 ms",
        ),
    ],
)
def test_a_load_that_cannot_be_run_is_answered_in_words(sandbox: Program, sent: str | bytes, answer: str) -> None:
    """The answer names the limit, the socket stays open, and the log stays clean."""
    before = sandbox.said()
    with dial(sandbox, "/ws/race/") as race:
        race.send(sent)
        assert hear(race) == {"error": answer}
        begin(race, {"requests": 1, "wait_ms": 10})
        assert len(list(hear_all(race))) == 1
    assert "Traceback" not in sandbox.said().removeprefix(before)


def test_a_connection_has_one_race_at_a_time(sandbox: Program) -> None:
    """The second is refused, the first goes on to its end, and then another may begin."""
    with dial(sandbox, "/ws/race/") as race:
        begin(race, {**LONG, "requests": 2})
        race.send(json.dumps(LONG))
        messages = list(hear_all(race))
        assert [message for message in messages if "error" in message] == [{"error": "your race is still running"}]
        assert len(messages) == 4
        begin(race, {"requests": 1, "wait_ms": 10})
        assert len(list(hear_all(race))) == 1


def test_only_so_many_races_of_one_visitor_run_at_once(sandbox: Program) -> None:
    """One more is asked to try again; when the others have left, there is room for it."""
    refusal = {"error": "4 races from your address are running just now, try again in a moment"}

    def is_refused_beside_all_others() -> bool:
        with ExitStack() as stack:
            *others, another = (stack.enter_context(dial(sandbox, "/ws/race/")) for _ in range(RACES_PER_VISITOR + 1))
            for race in others:
                begin(race, LONG)
            another.send(json.dumps(LONG))
            return bool(hear(another) == refusal)  # unless one of the others has ended meanwhile

    wait_until(is_refused_beside_all_others, "as many races at a time as may be")
    with dial(sandbox, "/ws/race/") as race:
        assert "call" in begin(race, {"requests": 1, "wait_ms": 10})


@pytest.mark.parametrize(
    "load",
    [
        LONG,
        {"server": "asgi", "requests": 10, "wait_ms": 500, "how": "blocking"},
        {"server": "asgi", "requests": 10, "wait_ms": 500, "how": "sync_to_async"},
    ],
)
def test_nobody_waits_for_a_race(sandbox: Program, load: dict[str, Any]) -> None:
    """An echo, and a request to the shared thread, are answered while it runs."""

    def overtaken() -> bool:
        with dial(sandbox, "/ws/race/") as race, dial(sandbox, "/ws/echo/") as echo:
            begin(race, load)
            echo.send("hello")
            assert echo.recv(PATIENCE_SECONDS) == "hello"
            with get(sandbox, "/wsgi/") as answer:
                assert answer.status == 200
            return not any("done" in message for message in heard_so_far(race))

    wait_until(overtaken, "answers while a race runs")


@pytest.mark.parametrize("server", ["wsgi", "asgi"])
def test_a_race_that_breaks_off_says_so_and_gives_its_place_back(
    project: None, server: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """As when there is no thread left to be had: the reader is told, the log too, and another race may begin."""

    def no_thread(*load: Any) -> None:
        raise RuntimeError("can't start new thread")

    async def two_races() -> list[str]:
        conversation = open_(RaceConsumer.as_asgi(), client=["192.0.2.1", 1])
        heard = [await conversation.ask(json.dumps({**LONG, "server": server})) for _ in range(2)]
        await conversation.finish()
        return heard

    monkeypatch.setattr(f"sandbox_server.sandboxes.race.{server}.serve", no_thread)
    heard = asyncio.run(two_races())
    assert [json.loads(message) for message in heard] == [{"error": "the race broke off: can't start new thread"}] * 2
    assert not races.inside
    assert [record.getMessage() for record in caplog.records] == ["A race broke off"] * 2


@pytest.mark.parametrize("how", ["wsgi", "await", "blocking", "sync_to_async"])
def test_a_race_whose_connection_closes_begins_no_more_calls(how: str) -> None:
    """What is under way ends, the rest is left out, and the threads are gone."""
    load = {"server": "wsgi" if how == "wsgi" else "asgi", "how": how, "requests": 50, "wait_ms": 50, "workers": 1}

    async def leave_after_the_first_start() -> list[dict[str, Any]]:
        consumer = RaceConsumer()
        consumer.race = race = Race(load)
        race.start()
        messages = [await race.messages.get()]
        await consumer.disconnect(1000)
        while "call" in messages[-1]:
            messages.append(await race.messages.get())
        return messages

    before = set(threading.enumerate())
    with ThreadPoolExecutor(1) as another:  # this one may be in an event loop already: the browser tests'
        *messages, _done = another.submit(asyncio.run, leave_after_the_first_start()).result()
    occupied = [message for message in messages if how != "sync_to_async" or message["worker"] == how]
    assert how == "await" or len(occupied) < 50
    wait_until(lambda: set(threading.enumerate()) <= before, "the end of the threads")


def test_the_witness_does_not_give_away_credentials(sandbox: Program) -> None:
    """A page's script cannot read them elsewhere, so it must not read them here."""
    headers = {"Cookie": "sessionid=abc", "Authorization": "abc", "proxy-authorization": "abc", "X-Other": "shown"}
    with get(sandbox, "/witness/hello/", **headers) as answer:
        environ = json.loads(answer.read())[0]["environ"]
    hidden = {name for name, value in environ.items() if value == "(hidden)"}
    assert hidden == {"HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_PROXY_AUTHORIZATION"}
    assert environ["HTTP_X_OTHER"] == "shown"


@pytest.mark.parametrize("name", ["text", "silent", "upgrade", "late"])
def test_a_wrong_application_is_reported_and_not_logged(sandbox: Program, name: str) -> None:
    """The reader gets the exception, the log gets no traceback."""
    before = sandbox.said()
    with get(sandbox, f"/witness/{name}/") as answer:
        assert "raised" in json.loads(answer.read())[-1]
    assert "Traceback" not in sandbox.said().removeprefix(before)


def test_a_body_is_sent_piece_by_piece_and_holds_up_nobody(sandbox: Program) -> None:
    """While one call streams, another, which needs the shared thread, comes and goes."""

    def overtaken() -> bool:
        with stream(sandbox, "/witness/countdown/") as countdown:
            begun = countdown.recv(65536)
            with get(sandbox, "/wsgi/") as other:
                assert other.status == 200
            return b"200 OK" in begun and b"lift-off" not in begun + countdown.recv(65536)

    wait_until(overtaken, "a request that is answered in the middle of another")
