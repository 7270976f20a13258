"""`/healthz` and `/readyz`, on the real server and by themselves."""

from __future__ import annotations

import asyncio
import http.client
import json
import signal
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import pytest

from sandbox_server.operating import readiness
from sandbox_server.operating.readiness import Database, Readiness
from sandbox_server.tests.clients import PATIENCE_SECONDS
from sandbox_server.tests.test_promises import Serve
from sandbox_server.tests.undisturbed import undisturbed
from testing.own_redis import Redis
from testing.program import Program, wait_until
from testing.raw_client import RawClient

READY = {"ready": True, "stopping": False, "database": "answers", "channel_layer": "answers"}


def look(server: Program, path: str, method: str = "GET", **headers: str) -> tuple[int, Any]:
    """The answer's status and its JSON."""
    with closing(http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=PATIENCE_SECONDS)) as connection:
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        body = response.read()
        return response.status, json.loads(body) if body else None


def test_it_lives_and_is_ready_for_whoever_asks(serve_with: Serve) -> None:
    """By any name, and however often: a load balancer knows no names, and no guard counts what it asks."""
    server = serve_with(SANDBOX_REQUESTS_PER_MINUTE=1, SANDBOX_REQUESTS=1)
    for _ in range(3):
        assert look(server, "/healthz", Host="10.0.0.7") == (200, {"alive": True})
        assert look(server, "/readyz", Host="10.0.0.7") == (200, READY)
    assert look(server, "/readyz", "HEAD") == (200, None)


def test_only_the_two_addresses_are_its_own(sandbox: Program) -> None:
    """Nobody writes there, and what is longer is a path like any other."""
    for method, path in (("GET", "/healthz/"), ("GET", "/readyz/x"), ("POST", "/healthz")):
        with closing(http.client.HTTPConnection(urlsplit(sandbox.url).netloc, timeout=PATIENCE_SECONDS)) as connection:
            connection.request(method, path)
            assert connection.getresponse().status in (403, 404)
    with RawClient(sandbox.url, "/healthz") as client:
        assert client.response.status == 404


def test_while_the_database_is_locked_it_lives_and_is_not_ready(serve_with: Serve, tmp_path: Path) -> None:
    """And is again once it answers. Nobody who needs no database notices."""
    server = serve_with(SANDBOX_READINESS_SECONDS=0.01)
    with undisturbed(server) as bystander:
        with closing(sqlite3.connect(tmp_path / "db0.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            status, said = look(server, "/readyz")
            assert status == 503
            assert said == READY | {"ready": False, "database": "no answer within 2 s"}
            assert look(server, "/healthz") == (200, {"alive": True})
            assert bystander.response.status == 101
        wait_until(lambda: look(server, "/readyz") == (200, READY), "readiness")


def test_while_redis_is_away_it_is_ready_and_says_so(own_redis: Redis, serve_with: Serve) -> None:
    """All but rooms goes on as before: no load balancer should take the site away for their sake."""
    server = serve_with(REDIS_URL=own_redis.url, SANDBOX_READINESS_SECONDS=0.01)
    assert look(server, "/readyz") == (200, READY)
    own_redis.end()
    alone = READY | {"channel_layer": "answers in this process only: Redis is away"}
    wait_until(lambda: look(server, "/readyz") == (200, alone), "the word of it")
    own_redis.begin()
    wait_until(lambda: look(server, "/readyz") == (200, READY), "Redis")


def test_while_it_stops_it_lives_and_is_not_ready(serve_with: Serve, connections: ExitStack) -> None:
    """From SIGTERM on nobody new is to be sent there; a client that does not answer its close holds the process."""
    server = serve_with(SANDBOX_SHUTDOWN_GRACE_SECONDS=100, SANDBOX_SHUTDOWN_EXIT_SECONDS=110)
    silent = connections.enter_context(RawClient(server.url, "/ws/echo/"))
    server.process.send_signal(signal.SIGTERM)
    assert silent.receive_close() == (1012, "service restart")
    assert look(server, "/readyz") == (503, READY | {"ready": False, "stopping": True})
    assert look(server, "/healthz") == (200, {"alive": True})


def test_however_many_ask_it_is_looked_once() -> None:
    """All of them get the answer of that one look, one who leaves among them."""
    looks = 0

    async def slow() -> str:
        nonlocal looks
        looks += 1
        await asyncio.sleep(0)
        return "answers"

    async def many() -> None:
        ready = Readiness({"it": slow})
        impatient = asyncio.create_task(ready.ask())
        await asyncio.sleep(0)
        others = [asyncio.create_task(ready.ask()) for _ in range(100)]
        impatient.cancel()
        for told in await asyncio.gather(*others):
            assert told["it"].is_good
        await ready.ask()

    asyncio.run(many())
    assert looks == 1


def test_what_fails_says_no_more_than_its_kind() -> None:
    """The text of an exception may hold an address or a password."""

    async def fail() -> str:
        raise ConnectionError("redis://:secret@10.0.0.9")

    told = asyncio.run(Readiness({"it": fail}).ask())["it"]
    assert (told.is_good, told.words) == (False, "does not answer: ConnectionError")


def test_a_database_that_hangs_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """However often it is looked, one thread waits for it; once it answers, the next look is a new one."""
    reads = 0

    async def hang() -> None:
        answer = Event()

        def read() -> None:
            nonlocal reads
            reads += 1
            answer.wait()

        monkeypatch.setattr(readiness, "read_database", read)
        monkeypatch.setattr(readiness, "READINESS_ANSWER_SECONDS", 0.01)
        look = Database()
        assert (await readiness.bounded(look)).words == "no answer within 0.01 s"
        while not reads:  # noqa: ASYNC110 - a thread sets no asyncio.Event
            await asyncio.sleep(0.01)
        for _ in range(3):
            assert (await readiness.bounded(look)).words == "no answer within 0.01 s"
        assert reads == 1
        answer.set()
        assert await look() == "answers"
        assert await look() == "answers"
        assert reads > 1

    asyncio.run(hang())
