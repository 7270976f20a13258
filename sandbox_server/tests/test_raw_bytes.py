"""The server's own small client: it sends exactly what it is given, to the echo alone, within its bounds."""

import json

import pytest

from live_docs.player.visitor import Visitor
from sandbox_server.limits import RAW_BYTES, RAW_KEY_CHARACTERS
from sandbox_server.tests.clients import dial, hear
from testing.program import Program
from testing.project import ORIGIN
from testing.raw_client import BINARY, CLOSE, PING, PONG, TEXT, RawClient, close, frame, text

SILENT = frame(PONG).hex()
"""Bytes that are answered with nothing, so that the small client waits."""


def order(sandbox: Program, message: str | bytes) -> dict[str, str]:
    """What one order is answered with."""
    with dial(sandbox, "/ws/raw/") as socket:
        socket.send(message)
        answer: dict[str, str] = hear(socket)
        return answer


def send(sandbox: Program, data: bytes) -> tuple[bytes, str]:
    """The bytes that come back, and how it ends."""
    answer = order(sandbox, json.dumps({"bytes": data.hex()}))
    return bytes.fromhex(answer["received"]), answer["then"]


def test_a_frame_is_answered_by_the_echo_in_bytes(sandbox: Program) -> None:
    """The example of RFC 6455, section 5.7, there masked and back unmasked."""
    assert send(sandbox, bytes.fromhex("818537fa213d7f9f4d5158")) == (b"\x81\x05Hello", "silence")


def test_several_frames_are_sent_in_one_go(sandbox: Program) -> None:
    """A ping is answered before the message that it interrupts is whole."""
    data = frame(TEXT, b"Hel", fin=False) + frame(PING, b"x") + frame(0, b"lo")
    assert send(sandbox, data) == (b"\x8a\x01x\x81\x05Hello", "silence")


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (close(1000, "bye"), b"\x88\x05\x03\xe8bye"),
        (close(1010), b"\x88\x02\x03\xf2"),
        (close(), b"\x88\x00"),
        (frame(PING, b"hi") + close(4000), b"\x8a\x02hi\x88\x02\x0f\xa0"),
    ],
    ids=["with a reason", "1010, which clients alone send", "without a code", "after a ping"],
)
def test_after_a_close_the_end_of_tcp_is_told(sandbox: Program, data: bytes, answer: bytes) -> None:
    """The server ends the connection, and nobody waits for more."""
    assert send(sandbox, data) == (answer, "end of TCP")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (frame(TEXT, b"x", masked=False), 1002),
        (frame(3), 1002),
        (close(1005), 1002),
        (frame(TEXT, b"\xc3("), 1007),
        (frame(BINARY, announced=64 * 1024 + 1), 1009),
        (frame(PING) * 21, 1008),
    ],
    ids=["no mask", "reserved opcode", "close 1005", "no UTF-8", "too large", "too many pings"],
)
def test_what_the_protocol_forbids_is_sent_all_the_same(sandbox: Program, data: bytes, code: int) -> None:
    """And the server's close frame comes back, whole."""
    received, then = send(sandbox, data)
    end = received[received.index(0x80 | CLOSE) :]
    assert int.from_bytes(end[2:4], "big") == code
    assert len(end) == 2 + end[1]
    assert then == "end of TCP"


def test_bytes_that_nothing_answers_end_in_silence(sandbox: Program) -> None:
    """Half a frame, for one."""
    assert send(sandbox, frame(TEXT, b"Hello")[:-1]) == (b"", "silence")


def test_a_handshake_with_the_readers_key_is_shown_as_it_crossed(sandbox: Program) -> None:
    """The example of RFC 6455, section 1.3; in the reader's name, and without the reader's cookies."""
    visitor = Visitor(sandbox.url, ORIGIN)
    visitor.become("alice")
    with dial(sandbox, "/ws/raw/", visitor.cookie_header()) as socket:
        socket.send('{"key": "dGhlIHNhbXBsZSBub25jZQ=="}')
        answer = hear(socket)
    assert answer["response"].startswith("HTTP/1.1 101 ")
    assert "\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in answer["response"]
    assert f"\r\nOrigin: {ORIGIN}\r\n" in answer["request"]
    assert "cookie" not in answer["request"].lower()


@pytest.mark.parametrize("key", ["", "short", "c2hvcnQ=", "dGhlIHNhbXBsZSBub25jZQ!=", "x" * RAW_KEY_CHARACTERS])
def test_a_broken_key_is_refused_with_400(sandbox: Program, key: str) -> None:
    """The refusal is the answer, not an error."""
    assert order(sandbox, json.dumps({"key": key}))["response"].startswith("HTTP/1.1 400 ")


@pytest.mark.parametrize(
    "message",
    [
        "",
        "not json",
        "[]",
        "null",
        '{"bytes": 1}',
        '{"bytes": "8"}',
        '{"bytes": "zz"}',
        '{"bytes": "žž"}',
        json.dumps({"bytes": "00" * (RAW_BYTES + 1)}),
        '{"bytes": "' + " " * 60_000 + '"}',
        '{"key": null}',
        '{"key": "a\\r\\nCookie: x"}',
        '{"key": "ž"}',
        json.dumps({"key": "x" * (RAW_KEY_CHARACTERS + 1)}),
        "[" * 4000,
        "9" * 4096,
        b"\x81\x80\x00\x00\x00\x00",
    ],
)
def test_a_bad_order_is_told_what_a_good_one_is(sandbox: Program, message: str | bytes) -> None:
    """An error in words that names the bounds; the connection stays open, and the log stays empty."""
    before = sandbox.said()
    with dial(sandbox, "/ws/raw/") as socket:
        socket.send(message)
        error = hear(socket)["error"]
        assert f"at most {RAW_BYTES} bytes" in error
        socket.send(json.dumps({"bytes": close(1000).hex()}))
        assert hear(socket) == {"received": "88 02 03 e8", "then": "end of TCP"}
    assert "Traceback" not in sandbox.said().removeprefix(before)


def test_who_waits_for_an_answer_to_bytes_holds_up_nobody(sandbox: Program) -> None:
    """Whoever only echoes notices nothing."""
    with RawClient(sandbox.url, "/ws/echo/") as bystander, dial(sandbox, "/ws/raw/") as waiting:
        waiting.send(json.dumps({"bytes": SILENT}))
        bystander.send(text("still here"))
        assert bystander.receive() is not None
        assert hear(waiting) == {"received": "", "then": "silence"}
