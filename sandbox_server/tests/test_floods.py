"""Too much of one thing: frames, messages, handshakes, sockets, requests. Who does it is told; nobody else notices."""

from __future__ import annotations

import json
import socket
from contextlib import ExitStack
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from sandbox_server.tests.clients import PATIENCE_SECONDS, STRANGER, dial, hear, hear_end
from sandbox_server.tests.test_promises import Serve
from sandbox_server.tests.undisturbed import undisturbed
from testing.program import Program, wait_until
from testing.project import ORIGIN
from testing.raw_client import TEXT, RawClient, text


@pytest.mark.parametrize(
    ("settings", "over"),
    [
        ({"SANDBOX_MESSAGES_PER_SECOND": 1, "SANDBOX_BURST_MESSAGES": 10}, "1 messages a second"),
        (
            {
                "SANDBOX_BURST_MESSAGES": 10,
                "SANDBOX_MESSAGES_PER_SECOND": 1e6,
                "SANDBOX_MESSAGES_PER_SECOND_OF_VISITOR": 1,
                "SANDBOX_BURST_MESSAGES_OF_VISITOR": 10,
            },
            "1 messages a second from your address",
        ),
    ],
    ids=["one connection", "one visitor"],
)
def test_a_flood_of_messages_is_warned_and_then_closed(serve_with: Serve, settings: dict[str, int], over: str) -> None:
    """After a burst a warning, after a few more the end, each in words. 4429 says when to come back."""
    server = serve_with(**settings)
    with undisturbed(server), RawClient(server.url, "/ws/echo/") as client:
        client.send(text("x") * 5000)
        came = []
        while (answer := client.receive()) is not None and answer.opcode == TEXT:
            came.append(answer.payload)
        assert answer is not None
        assert answer.payload == (4429).to_bytes(2) + b"try again in 5 s"
        warning, goodbye = (json.loads(said) for said in came if said != b"x")
        assert warning["error"] == f"at most {over}: slow down, or this connection will be closed"
        assert goodbye["error"] == f"more than {over}: try again in 5 s"
        assert came.index(json.dumps(warning).encode()) >= 10
        assert len(came) < 40


def test_one_handshake_too_many_is_a_429(serve_with: Serve) -> None:
    """With the seconds to wait; another visitor's is answered, also one who forges the header of a proxy."""
    server = serve_with(SANDBOX_HANDSHAKES_PER_MINUTE=5)
    with undisturbed(server), ExitStack() as sockets:
        for _ in range(5):
            sockets.enter_context(dial(server, "/ws/echo/"))
        for forged in ({}, {"X-Real-IP": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.1"}):
            with pytest.raises(InvalidStatus) as refused, dial(server, "/ws/echo/", forged):
                pass
            assert refused.value.response.status_code == 429
            assert 0 < int(refused.value.response.headers["Retry-After"]) <= 60
            assert b"Only 5 handshakes a minute from your address" in (refused.value.response.body or b"")


def test_one_open_socket_too_many_is_a_429(serve_with: Serve) -> None:
    """When one has ended there is room for one, however it ended."""
    server = serve_with(SANDBOX_SOCKETS_PER_VISITOR=3)
    with undisturbed(server), ExitStack() as sockets:
        held = [sockets.enter_context(RawClient(server.url, "/ws/echo/")) for _ in range(3)]
        with RawClient(server.url, "/ws/echo/") as one_too_many:
            assert one_too_many.response.status == 429
            assert one_too_many.response.all("retry-after") == ["10"]
            assert one_too_many.rest() == b"Only 3 open sockets from your address: try again in 10 s.\n"
        held[0].socket.close()
        held[0].stream.close()

        def is_let_in() -> bool:
            with RawClient(server.url, "/ws/echo/") as client:
                return client.response.status == 101

        wait_until(is_let_in, "a place")


def test_behind_a_proxy_the_visitors_are_those_that_it_names(serve_with: Serve) -> None:
    """Each has a share; IPv6 counts by its /64; and nobody but the proxy is believed."""
    server = serve_with(SANDBOX_HANDSHAKES_PER_MINUTE=1, SANDBOX_PROXIES="127.0.0.2,10.0.0.0/8")

    def knock(named: str, source: tuple[str, int]) -> int:
        with RawClient(server.url, "/ws/echo/", source=source, X_Real_IP=named) as client:
            return client.response.status

    assert [knock("192.0.2.1", STRANGER) for _ in range(2)] == [101, 429]
    assert [knock(f"2001:db8::{end}", STRANGER) for end in (1, 2)] == [101, 429]
    assert knock("2001:db8:0:1::1", STRANGER) == 101
    assert [knock(f"192.0.2.{end}", ("127.0.0.4", 0)) for end in (7, 8)] == [101, 429]
    assert [knock(named, STRANGER) for named in ("nobody", "")] == [101, 429]  # the proxy itself


def post(server: Program, path: str, method: str = "POST") -> tuple[int, dict[str, str], bytes]:
    try:
        with urlopen(Request(server.url + path, headers={"Origin": ORIGIN}, method=method)) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except HTTPError as refusal:
        return refusal.code, dict(refusal.headers), refusal.read()


def test_too_many_requests_are_a_429_that_the_page_can_read(serve_with: Serve) -> None:
    """In JSON, to the page's origin, with the seconds to wait; a GET is no write."""
    server = serve_with(SANDBOX_WRITES_PER_MINUTE=3)
    with undisturbed(server):
        assert [post(server, "/notes/")[0] for _ in range(3)] == [403] * 3
        status, headers, body = post(server, "/notes/")
        assert status == 429
        assert headers["Access-Control-Allow-Origin"] == ORIGIN
        assert 0 < int(headers["Retry-After"]) <= 60
        assert "only 3 requests that write a minute from your address: try again in" in json.loads(body)["error"]
        assert post(server, "/notes/", "GET")[0] == 200


def test_one_visitors_running_requests_are_bounded(serve_with: Serve) -> None:
    """Those that come while others run are told to come back; nobody else is."""
    server = serve_with(SANDBOX_REQUESTS_PER_VISITOR=2)
    address = urlsplit(server.url)
    request = f"GET /witness/countdown/ HTTP/1.1\r\nHost: {address.netloc}\r\nConnection: close\r\n\r\n".encode()
    with undisturbed(server), ExitStack() as stack:
        connections = [
            stack.enter_context(socket.create_connection((address.hostname, address.port), PATIENCE_SECONDS))
            for _ in range(20)
        ]
        for connection in connections:
            connection.sendall(request)
        statuses = {connection.recv(12)[9:] for connection in connections}
        assert statuses == {b"200", b"429"}


def test_an_observation_is_streamed_to_few(serve_with: Serve) -> None:
    """And a visitor may have so many; one too many is told, and a place is free again once one has ended."""
    server = serve_with(SANDBOX_OBSERVATIONS_PER_VISITOR=3, SANDBOX_OBSERVERS=2)
    cookie = {"Cookie": "observer=abcdefghijklmnop"}
    path = "/ws/observe/{}/"
    with undisturbed(server), ExitStack() as sockets:
        for name in ("a" * 22, "a" * 22, "b" * 22):
            assert hear(sockets.enter_context(dial(server, path.format(name), cookie))) == {"kind": "ready"}
        with dial(server, path.format("c" * 22), cookie) as one_too_many:
            assert hear_end(one_too_many) == (4429, "only 3 observations from your address: try again in 10 s")
        with dial(server, path.format("a" * 22), cookie, source_address=STRANGER) as one_too_many:
            assert hear_end(one_too_many)[0] == 4429
        sockets.pop_all().close()

        def is_ready() -> bool:
            with dial(server, path.format("a" * 22), cookie) as again:
                try:
                    return bool(hear(again) == {"kind": "ready"})
                except ConnectionClosed:
                    return False

        wait_until(is_ready, "a place")
