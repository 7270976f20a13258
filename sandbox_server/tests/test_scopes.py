"""What the bare ASGI applications say of their own connections, and what the server makes of bad manners."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from live_docs.player.visitor import Visitor
from sandbox_server.sandboxes import bad_manners, bare_asgi, own_scope
from sandbox_server.tests.clients import PATIENCE_SECONDS, dial, hear
from testing.program import Program
from testing.project import ORIGIN


def over_http(sandbox: Program, path: str, headers: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """What the application tells over HTTP, line by line."""
    status, body = Visitor(sandbox.url, ORIGIN).send("POST", path, b"hello", headers or {})
    assert status == 200
    return [json.loads(line) for line in body.splitlines()]


def events(line: dict[str, Any]) -> list[tuple[str, str, dict[str, str]]]:
    return [(event["call"], event["type"], event["details"]) for event in line["events"]]


def test_a_request_is_answered_with_its_own_scope_in_several_parts(sandbox: Program) -> None:
    """The path is decoded, the query is not; the events so far come with the first part."""
    first, *rest = over_http(sandbox, "/scope/caf%C3%A9/?q=caf%C3%A9")
    assert first["scope"]["type"] == "'http'"
    assert first["scope"]["path"] == "'/scope/café/'"
    assert first["scope"]["raw_path"] == "b'/scope/caf%C3%A9/'"
    assert first["scope"]["query_string"] == "b'q=caf%C3%A9'"
    request, start = events(first)
    assert request == ("receive", "http.request", {"body": "b'hello'", "more_body": "False"})
    assert start[:2] == ("send", "http.response.start")
    assert len(rest) == own_scope.PARTS - 1


def test_a_socket_is_told_its_own_scope_and_each_of_its_events(sandbox: Program) -> None:
    """One call for the whole life of the socket: its clock goes on."""
    with dial(sandbox, "/ws/scope/tea/?q=1") as socket:
        first = hear(socket)
        assert first["scope"]["type"] == "'websocket'"
        assert first["scope"]["path"] == "'/ws/scope/tea/'"
        assert "method" not in first["scope"]
        assert [event[:2] for event in events(first)] == [
            ("receive", "websocket.connect"),
            ("send", "websocket.accept"),
        ]
        for message, shown in [("hello", "'hello'"), ("", "''")]:
            socket.send(message)
            later = hear(socket)
            assert events(later) == [("receive", "websocket.receive", {"text": shown})]
            assert later["at"] >= first["at"]


def test_only_the_layers_that_a_connection_came_through_have_added_keys(sandbox: Program) -> None:
    """AuthMiddlewareStack stands in front of WebSockets only; a URLRouter in front of both."""
    (http, *_), secret = over_http(sandbox, "/scope/"), {"session", "user", "cookies"}
    with dial(sandbox, "/ws/scope/") as socket:
        web_socket = hear(socket)
    assert {"path_remaining", "url_route"} <= http["scope"].keys() & web_socket["scope"].keys()
    assert secret <= web_socket["scope"].keys()
    assert not secret & http["scope"].keys()


def test_no_answer_repeats_a_cookie_or_a_credential(sandbox: Program) -> None:
    """JavaScript may not read an HttpOnly cookie in the answer that it cannot read in the browser."""
    visitor = Visitor(sandbox.url, ORIGIN)
    visitor.become("alice")
    values = {cookie.name: str(cookie.value) for cookie in visitor.cookies}
    headers = {
        **visitor.cookie_header(),
        "Authorization": "Bearer of-a-secret",
        "Proxy-Authorization": "Basic of-a-secret",
    }
    told = json.dumps(over_http(sandbox, "/scope/", headers))
    with dial(sandbox, "/ws/scope/", headers) as socket:
        told += socket.recv(PATIENCE_SECONDS)  # type: ignore[operator]
    assert told.count("[hidden]") == 2 * 3 + len(values)
    assert not [secret for secret in [*values.values(), "of-a-secret", "alice"] if secret in told]


def test_what_comes_back_of_an_event_is_short(sandbox: Program) -> None:
    """A large message is not a large answer."""
    with dial(sandbox, "/ws/scope/") as socket:
        socket.recv(PATIENCE_SECONDS)
        socket.send("x" * 60_000)
        assert len(socket.recv(PATIENCE_SECONDS)) < 300


def test_the_last_event_of_a_request_comes_when_nobody_is_left_to_be_told() -> None:
    """The call returns after http.disconnect, and sends nothing then."""
    sent: list[dict[str, Any]] = []
    coming = iter([{"type": "http.request", "body": b"", "more_body": False}, {"type": "http.disconnect"}])

    async def receive() -> Any:
        return next(coming)

    async def send(event: dict[str, Any]) -> None:
        sent.append(event)

    asyncio.run(own_scope.application({"type": "http", "headers": []}, receive, send))
    assert [event["type"] for event in sent] == ["http.response.start"] + ["http.response.body"] * (own_scope.PARTS + 1)
    assert [event.get("more_body") for event in sent[1:]] == [True] * own_scope.PARTS + [False]
    assert list(coming) == []


@pytest.mark.parametrize("application", [own_scope.application, bare_asgi.application, bad_manners.only_http])
def test_a_type_of_scope_that_an_application_does_not_know_raises(application: Any) -> None:
    """As the specification asks, so that a server that tries `lifespan` learns that there is none."""

    async def never(*event: Any) -> None:
        raise AssertionError("nothing is to be received or sent")

    with pytest.raises(ValueError, match="does not know 'lifespan' scopes"):
        asyncio.run(application({"type": "lifespan", "asgi": {"version": "3.0"}}, never, never))


@pytest.mark.parametrize("path", ["/ws/manners/only-http/", "/ws/manners/send-first/"])
def test_a_failure_before_the_handshake_is_answered_is_a_500(sandbox: Program, path: str) -> None:
    """At once: the client is not left waiting."""
    with pytest.raises(InvalidStatus) as caught, dial(sandbox, path):
        pass
    assert caught.value.response.status_code == 500


def test_a_call_that_returns_leaves_its_socket_open(sandbox: Program) -> None:
    """Daphne closes nothing by itself; the client still can, and its code is answered."""
    with dial(sandbox, "/ws/manners/leave/") as socket:
        assert socket.recv(PATIENCE_SECONDS) == "I am leaving"
        socket.send("are you there?")
        assert socket.ping().wait(PATIENCE_SECONDS)  # what came before the pong would have come by now
        with pytest.raises(TimeoutError):
            socket.recv(0)
        socket.close(4321)
        assert socket.close_code == 4321


def test_what_is_sent_after_the_close_goes_nowhere(sandbox: Program) -> None:
    """The client sees the close and its code, and no error."""
    before = sandbox.said()
    with dial(sandbox, "/ws/manners/send-after-close/") as socket:
        with pytest.raises(ConnectionClosed):
            socket.recv(PATIENCE_SECONDS)
        assert socket.close_code == 4000
    assert "closed protocol" not in sandbox.said().removeprefix(before)
