"""The pace of one visitor's connections, on a clock that the test turns, and on the real server."""

from __future__ import annotations

from contextlib import ExitStack, suppress

import pytest

from sandbox_server.hardened_daphne.pacing import Pace
from sandbox_server.tests.clients import STRANGER
from sandbox_server.tests.test_promises import Serve
from sandbox_server.tests.test_token_bucket import Clock
from sandbox_server.tests.undisturbed import undisturbed
from testing.raw_client import RawClient

SLOW = {"SANDBOX_HANDSHAKES_PER_MINUTE": 1, "SANDBOX_REQUESTS_PER_MINUTE": 1, "SANDBOX_REQUESTS_PER_VISITOR": 3}
"""Two connections a minute, and three of them at once."""


def test_a_burst_comes_at_once_and_then_each_in_its_turn() -> None:
    """The turns of those who wait stand one after the other; another visitor has a burst of their own."""
    pace = Pace(per_second=10, burst=3, longest=1, clock=Clock())
    assert [pace.seconds_to_wait("alice") for _ in range(5)] == pytest.approx([0, 0, 0, 0.1, 0.2])
    assert pace.seconds_to_wait("bob") == 0


def test_who_would_wait_too_long_is_not_kept_and_takes_no_turn() -> None:
    """As soon as there is a turn that is near enough, the next one has it."""
    clock = Clock()
    pace = Pace(per_second=10, burst=1, longest=0.15, clock=clock)
    assert [pace.seconds_to_wait("alice") for _ in range(4)] == [0, pytest.approx(0.1), None, None]
    clock.now += 0.1
    assert pace.seconds_to_wait("alice") == pytest.approx(0.1)


def test_whoever_has_been_quiet_is_forgotten() -> None:
    """Strangers without number leave nothing behind, and one who comes back has a burst again."""
    clock = Clock()
    pace = Pace(per_second=10, burst=2, longest=1, clock=clock)
    for number in range(1000):
        pace.seconds_to_wait(str(number))
    clock.now += 1
    assert [pace.seconds_to_wait("0") for _ in range(3)] == pytest.approx([0, 0, 0.1])
    assert list(pace.due) == ["0"]


def test_connections_beyond_the_pace_wait_while_others_are_served(serve_with: Serve) -> None:
    """Nobody is answered out of turn, and nobody else waits with them."""
    server = serve_with(**SLOW, SANDBOX_CONNECTION_WAIT_SECONDS=3600)
    with ExitStack() as held:
        clients = [held.enter_context(RawClient(server.url, "/ws/echo/", source=STRANGER)) for _ in range(3)]
        assert [client.response.status for client in clients] == [101, 429, 429]
        waits = held.enter_context(RawClient(server.url, "/ws/echo/", source=STRANGER, answered=False))
        with undisturbed(server):
            waits.socket.setblocking(False)
            with pytest.raises(BlockingIOError):
                waits.socket.recv(1)


def test_a_connection_that_waited_is_answered_in_its_turn(serve_with: Serve) -> None:
    """With the words that it would have had at once."""
    server = serve_with(
        SANDBOX_HANDSHAKES_PER_MINUTE=60,
        SANDBOX_REQUESTS_PER_MINUTE=60,
        SANDBOX_REQUESTS_PER_VISITOR=2,
        SANDBOX_SOCKETS_PER_VISITOR=1,
        SANDBOX_CONNECTION_WAIT_SECONDS=3600,
    )
    with ExitStack() as held:
        clients = [held.enter_context(RawClient(server.url, "/ws/echo/", source=STRANGER)) for _ in range(5)]
        assert [client.response.status for client in clients] == [101, 429, 429, 429, 429]
        assert clients[-1].rest() == b"Only 1 open sockets from your address: try again in 10 s.\n"


def test_a_connection_that_would_wait_too_long_is_hung_up_on(serve_with: Serve) -> None:
    """Before a word of it is read; and that is counted, for whoever runs the server."""
    server = serve_with(**SLOW, SANDBOX_CONNECTION_WAIT_SECONDS=1)
    with undisturbed(server), ExitStack() as held:
        for _ in range(3):
            held.enter_context(RawClient(server.url, "/ws/echo/", source=STRANGER))
        one_too_many = held.enter_context(RawClient(server.url, "/ws/echo/", source=STRANGER, answered=False))
        with suppress(ConnectionResetError):  # TCP may end this way, too
            assert one_too_many.socket.recv(1) == b""


def test_a_proxys_connections_are_nobodys_and_wait_for_nobody(serve_with: Serve) -> None:
    """Whom it speaks for is known only once its request is read."""
    server = serve_with(**SLOW, SANDBOX_PROXIES=STRANGER[0])
    with undisturbed(server), ExitStack() as held:
        for number in range(9):
            client = held.enter_context(
                RawClient(server.url, "/ws/echo/", source=STRANGER, X_Real_IP=f"192.0.2.{number}")
            )
            assert client.response.status == 101
