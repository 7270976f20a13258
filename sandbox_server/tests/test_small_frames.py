"""Frames that bring nothing, too many of them, and a peer that sends none at all."""

from __future__ import annotations

import pytest

from sandbox_server import limits
from sandbox_server.tests.clients import PATIENCE_SECONDS, dial
from sandbox_server.tests.test_promises import Serve
from sandbox_server.tests.undisturbed import undisturbed
from testing.program import Program
from testing.raw_client import BINARY, PING, PONG, TEXT, Frame, RawClient, frame, text

SMALL_FRAMES = {
    "pings": (frame(PING), (1008, "too many pings")),
    "pongs that nobody asked for": (frame(PONG), (1008, "too many pongs")),
    "empty fragments": (frame(0, fin=False), (1008, "too many fragments")),
    "fragments of one byte": (frame(0, b"x", fin=False), (1008, "too many fragments")),
}


@pytest.mark.parametrize(("small", "told"), SMALL_FRAMES.values(), ids=SMALL_FRAMES)
def test_a_flood_of_small_frames_is_cut(sandbox: Program, small: bytes, told: tuple[int, str]) -> None:
    """300,000 of them, which are 2 MiB."""
    with undisturbed(sandbox), RawClient(sandbox.url, "/ws/echo/") as client:
        client.send(frame(TEXT, fin=False))
        client.send(small * 300_000)
        assert client.receive_close() == told
        assert client.rest() == b""


def test_a_large_message_may_come_in_small_pieces(sandbox: Program) -> None:
    """Of 64 bytes each."""
    message = b"x" * limits.MESSAGE_BYTES
    pieces = [frame(0, message[at : at + 64], fin=False) for at in range(64, len(message) - 64, 64)]
    with RawClient(sandbox.url, "/ws/echo/") as client:
        client.send(frame(BINARY, message[:64], fin=False) + b"".join(pieces) + frame(0, message[-64:]))
        assert client.receive() == Frame(BINARY, message)


def test_some_pongs_are_passed_over(sandbox: Program) -> None:
    """RFC 6455 allows them, and some clients send them as a heartbeat."""
    with RawClient(sandbox.url, "/ws/echo/") as client:
        client.send(frame(PONG, b"a") * limits.BURST_PONGS + text("hello"))
        assert client.receive() == Frame(TEXT, b"hello")


def test_a_peer_that_answers_no_ping_is_cut(serve_with: Serve) -> None:
    """After a silence and the time that an answer may take; who answers stays."""
    server = serve_with(SANDBOX_HEARTBEAT_SECONDS=1, SANDBOX_PONG_SECONDS=1)
    with dial(server, "/ws/echo/") as alive, RawClient(server.url, "/ws/echo/") as dead:
        while (frame := dead.receive()) is not None:
            assert frame.opcode == PING
        alive.send("still here")
        assert alive.recv(PATIENCE_SECONDS) == "still here"
    assert "Traceback" not in server.said()
