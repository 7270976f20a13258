"""What visitors do leaves little in the log: the guard by itself, and on the real server."""

from __future__ import annotations

import logging
import re
import sys
import time

import pytest

from sandbox_server.guards import log
from sandbox_server.limits import LOG_BYTES_PER_MINUTE, LOG_RECORD_CHARACTERS
from sandbox_server.tests.test_promises import Serve
from sandbox_server.tests.undisturbed import exchange, status_of, undisturbed
from testing.program import Program, wait_until
from testing.raw_client import RawClient, text


def record(words: str, name: str = "daphne.server", error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(name, logging.ERROR, "", 0, words, (), info)


def test_a_fault_of_the_house_keeps_its_traceback() -> None:
    """Whoever mends it needs that."""
    try:
        raise LookupError("ours")
    except LookupError as error:
        said = log.ShortFormatter("{message}", style="{").format(record("went wrong", error=error))
    assert said.startswith("went wrong\nTraceback")
    assert said.endswith("LookupError: ours")


def test_a_record_is_cut_in_its_middle() -> None:
    """Where it begins and what it ends with says most."""
    said = log.ShortFormatter("{message}", style="{").format(record("a" * 5000 + "z" * 5000))
    assert said.startswith("aaa")
    assert said.endswith("zzz")
    assert len(said) < LOG_RECORD_CHARACTERS + 50


def test_beyond_its_bytes_a_minute_is_counted_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And in the next one it is said how much that was."""
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    handler = log.BoundedHandler()
    handler.setStream(sys.stderr)
    for _ in range(LOG_BYTES_PER_MINUTE // 1000 + 500):
        handler.handle(record("x" * 999))
    said = capsys.readouterr().err
    assert LOG_BYTES_PER_MINUTE < len(said) < LOG_BYTES_PER_MINUTE + 2000
    assert said.count("The log is full for this minute") == 1
    now += 61
    handler.handle(record("later"))
    first, last = capsys.readouterr().err.splitlines()
    assert re.fullmatch(r"\d+ records were left out of the log\.", first)
    assert last == "later"


def test_an_exception_of_a_sandbox_is_one_short_line(sandbox: Program) -> None:
    """However long the text that a visitor has it raised with."""
    with undisturbed(sandbox):
        before = sandbox.said()
        for _ in range(20):
            with RawClient(sandbox.url, "/ws/life/raise/") as client:
                client.send(text("x\n" * 32_000))
                assert client.receive_close()[0] == 1011
        lines = sandbox.said().removeprefix(before).splitlines()
    assert len(lines) == 20
    for line in lines:
        assert line.startswith("ERROR daphne.server: RuntimeError: nobody catches this: x x x")
        assert re.search(r"\(life\.py, line \d+\)$", line)
        assert len(line) < LOG_RECORD_CHARACTERS + 50


def test_an_exception_that_channels_raises_for_a_sandbox_is_one_line(sandbox: Program) -> None:
    """For what is no JSON, or for a type without a handler."""
    with undisturbed(sandbox):
        before = sandbox.said()
        with RawClient(sandbox.url, "/ws/life/counter/") as client:
            client.send(text("{"))
            assert client.receive_close()[0] == 1011
        with RawClient(sandbox.url, "/ws/doors/django-alone/") as client:
            assert client.response.status == 500
        first, second = sandbox.said().removeprefix(before).splitlines()
    assert re.search(r"JSONDecodeError: .* \(websocket\.py, line \d+\)$", first)
    assert second.startswith("ERROR daphne.server: ValueError: Django can only handle")


@pytest.mark.parametrize("code", [0, 999, 1005, 5000, 10**20])
def test_a_close_that_cannot_be_sent_is_one_line(sandbox: Program, code: int) -> None:
    """It is the sandbox that asked for it, though autobahn raises."""
    with undisturbed(sandbox):
        before = sandbox.said()
        with RawClient(sandbox.url, f"/ws/life/close/{code}/") as client:
            assert client.receive_close()[0] == 1011
        (line,) = sandbox.said().removeprefix(before).splitlines()
    assert re.search(r"Exception: invalid close code .* \(life\.py, line \d+\)$", line)


def test_a_foreign_host_is_a_400_and_one_line(sandbox: Program) -> None:
    """Over HTTP and at a handshake."""
    with undisturbed(sandbox):
        before = sandbox.said()
        for host in ("evil.example", "evil.example:8001", "127.0.0.1.evil.example", "a b", "\xff"):
            request = f"GET /names/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode("latin-1")
            assert status_of(exchange(sandbox, request)) == 400
            with RawClient(sandbox.url, "/ws/echo/", Host=host) as client:
                assert client.response.status == 400
        assert len(sandbox.said().removeprefix(before).splitlines()) <= 5


def test_a_flood_of_exceptions_does_not_fill_the_log(serve_with: Serve) -> None:
    """The server says once that the log is full, and goes on."""
    server = serve_with(SANDBOX_LOG_BYTES_PER_MINUTE=10_000)
    with undisturbed(server):
        before = len(server.said())
        for _ in range(30):
            with RawClient(server.url, "/ws/life/raise/") as client:
                client.send(text("x" * 3000))
                assert client.receive_close()[0] == 1011
        wait_until(lambda: "The log is full" in server.said(), "a full log")
        assert len(server.said()) - before < 20_000
