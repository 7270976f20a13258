"""The log as JSON: a record a line, and nothing in it that a visitor has sent."""

from __future__ import annotations

import json
import logging
import sys
from datetime import datetime
from typing import Any

from sandbox_server.guards.json_log import JsonFormatter
from sandbox_server.limits import LOG_RECORD_CHARACTERS
from sandbox_server.tests.test_promises import Serve
from sandbox_server.tests.undisturbed import exchange, status_of, undisturbed
from testing.raw_client import RawClient, text

SECRET = "what only she should read"


def told(words: str, *args: object, name: str = "sandbox_server.x", failed: bool = False) -> dict[str, Any]:
    """What the line of a record says; if something has failed, with the exception that is being handled."""
    info = sys.exc_info() if failed else None
    line = JsonFormatter().format(logging.LogRecord(name, logging.ERROR, "", 0, words, args, info))
    assert "\n" not in line
    said: dict[str, Any] = json.loads(line)
    return said


def test_a_record_is_an_object_on_a_line() -> None:
    """Its time is UTC's."""
    said = told("The log is full: %d\nbytes", 5)
    assert datetime.fromisoformat(said.pop("time")).utcoffset() is not None
    assert said == {"level": "ERROR", "logger": "sandbox_server.x", "message": "The log is full: 5\nbytes"}


def test_a_fault_of_the_house_has_its_calls_and_not_its_text() -> None:
    """Whoever mends it needs where it was; its text may be what a visitor sent."""
    try:
        raise LookupError(SECRET)
    except LookupError as error:
        said = told("Exception inside application: %s", error, failed=True)
    assert said["message"] == "Exception inside application: LookupError"
    assert said["error"] == "LookupError"
    assert said["calls"][-1].startswith("test_json_log.py, line ")
    assert SECRET not in json.dumps(said)


def test_a_long_record_is_cut() -> None:
    """As it is in text."""
    assert len(told("x" * 10 * LOG_RECORD_CHARACTERS)["message"]) < LOG_RECORD_CHARACTERS + 50


def test_a_page_that_raises_on_purpose_is_one_line_without_the_message(serve_with: Serve) -> None:
    """Nor is a cookie in it, nor what a wrong JSON had in it; and a foreign Host is refused without a word."""
    server = serve_with(SANDBOX_LOG="json")
    with undisturbed(server):
        before = server.said()
        for path in ("/ws/life/raise/", "/ws/life/counter/"):
            with RawClient(server.url, path, Cookie=f"sessionid={'s3cret' * 5}") as client:
                client.send(text(SECRET))
                assert client.receive_close()[0] == 1011
        request = b"GET /names/ HTTP/1.1\r\nHost: evil.example\r\nCookie: a=s3cret\r\nConnection: close\r\n\r\n"
        assert status_of(exchange(server, request)) == 400
        said = server.said().removeprefix(before)
    raised, unread = map(json.loads, said.splitlines())
    assert (raised["error"], raised["message"]) == ("RuntimeError", "Exception inside application: RuntimeError")
    assert raised["where"].startswith("life.py, line ")
    assert unread["error"] == "JSONDecodeError"
    assert "calls" not in {*raised, *unread}
    assert SECRET not in said
    assert "s3cret" not in said
