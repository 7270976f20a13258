"""What one connection may pile up in the server, in either direction, and what is not lost on the way."""

import socket
import time
from urllib.parse import urlsplit

import pytest

from sandbox_server.limits import BURST_PINGS, KERNEL_BUFFER_BYTES, STALLED_SECONDS, UNREAD_BYTES
from sandbox_server.tests.clients import PATIENCE_SECONDS
from sandbox_server.tests.stage import ANSWERED_MIB, POURED_MIB
from sandbox_server.tests.undisturbed import resident_mib
from testing.program import Program
from testing.raw_client import BINARY, PING, PONG, TEXT, Frame, RawClient, frame, text

MIB = 1024 * 1024


@pytest.mark.parametrize("opcode", [TEXT, BINARY])
def test_empty_messages_are_echoed(sandbox: Program, opcode: int) -> None:
    """Plain Daphne takes them for nothing to send."""
    with RawClient(sandbox.url, "/ws/echo/") as client:
        client.send(frame(opcode) + frame(opcode, b"next"))
        assert client.receive() == Frame(opcode, b"")
        assert client.receive() == Frame(opcode, b"next")


def test_a_client_that_never_reads_is_cut(sandbox: Program) -> None:
    """It cannot even fill a buffer first: the echo stops taking from it what it does not take back (daphne#170)."""
    message = frame(BINARY, b"x" * 16 * 1024)
    with RawClient(sandbox.url, "/ws/echo/") as bystander, RawClient(sandbox.url, "/ws/echo/", buffer=4096) as client:
        client.socket.settimeout(PATIENCE_SECONDS)
        began = time.monotonic()
        with pytest.raises(ConnectionError):
            client.send(message * 2048)
        assert time.monotonic() - began > STALLED_SECONDS - 1
        bystander.send(text("still here"))
        assert bystander.receive() == Frame(TEXT, b"still here")


def test_a_consumer_that_waits_for_no_send_is_cut_off(stage: Program) -> None:
    """Its output may pile up to the limit and no further: its client reads once all has been sent."""
    with RawClient(stage.url, "/gush?all", buffer=4096) as client:
        client.send(text("go"))
        with RawClient(stage.url, "/late?all"):
            assert len(client.rest()) < UNREAD_BYTES + 4 * KERNEL_BUFFER_BYTES


@pytest.mark.long
def test_a_consumer_that_waits_for_its_sends_goes_at_the_clients_pace(stage: Program) -> None:
    """It may send far more than the limit, in a loop."""
    with RawClient(stage.url, "/pour") as client:
        assert len(client.rest()) > POURED_MIB * MIB


@pytest.mark.long
def test_a_slow_client_is_not_cut(stage: Program) -> None:
    """It reads less in the whole time than waits for it, but it reads."""
    with RawClient(stage.url, "/pour") as client:
        until = time.monotonic() + STALLED_SECONDS + 1
        while time.monotonic() < until:
            assert len(client.stream.read(10 * 1024)) == 10 * 1024
            time.sleep(0.1)
        client.send(text("and now at full speed"))
        assert len(client.rest()) > (POURED_MIB - 1) * MIB


def test_a_stuck_consumer_stops_its_client_and_loses_nothing(stage: Program) -> None:
    """Its queue fills, then TCP's buffers, and then the client can send no more until it goes on."""
    count = 2048
    data = frame(TEXT, b"x" * 16 * 1024) * count + text("")
    with RawClient(stage.url, "/stuck?one") as client:
        rest = data[client.send_until_blocked(data) :]
        assert len(rest) > len(data) / 2
        with RawClient(stage.url, "/release?one", answered=False):
            client.send(rest)
            assert client.receive() == Frame(TEXT, str(count).encode())


def test_many_small_messages_at_once_wait_their_turn(stage: Program) -> None:
    """The network brings thousands of them in one piece; those that do not fit the queue are not lost either."""
    with RawClient(stage.url, "/stuck?two") as client, RawClient(stage.url, "/release?two", answered=False):
        client.send(text("x") * 20_000 + text(""))
        assert client.receive() == Frame(TEXT, b"20000")


def test_a_burst_of_pings_is_answered_and_a_flood_of_them_is_not(sandbox: Program) -> None:
    """It closes with 1008: answers that are never read would fill the memory."""
    with RawClient(sandbox.url, "/ws/echo/") as client:
        client.send(frame(PING, b"a") * BURST_PINGS + text("hello"))
        assert [client.receive() for _ in range(BURST_PINGS)] == [Frame(PONG, b"a")] * BURST_PINGS
        assert client.receive() == Frame(TEXT, b"hello")
        client.send(frame(PING, b"b") * 100_000)
        assert client.receive_close() == (1008, "too many pings")
        assert client.rest() == b""
    with RawClient(sandbox.url, "/ws/echo/") as client:
        client.send(frame(PING) * 100_000)
        assert client.receive_close() == (1008, "too many pings")


def test_an_answer_over_http_goes_at_its_clients_pace(stage: Program) -> None:
    """All of it comes, and little of it waits in the process meanwhile: a piece, and what the kernel keeps."""
    address = urlsplit(stage.url)
    with socket.create_connection((address.hostname, address.port), PATIENCE_SECONDS) as client:
        before = resident_mib(stage)
        client.sendall(f"GET /pour_over_http HTTP/1.1\r\nHost: {address.netloc}\r\nConnection: close\r\n\r\n".encode())
        assert client.recv(12) == b"HTTP/1.1 200"
        with RawClient(stage.url, "/echo") as bystander:
            bystander.send(text("still here"))
            assert bystander.receive() == Frame(TEXT, b"still here")
        assert resident_mib(stage) < before + ANSWERED_MIB / 2
        came = 0
        while piece := client.recv(1 << 20):
            came += len(piece)
        assert came > ANSWERED_MIB * MIB
