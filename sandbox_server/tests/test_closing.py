"""How connections end, frame by frame: as the consumer asks, as the client asks, and after a mistake of either."""

import http.client
import json
from collections.abc import Callable
from urllib.parse import quote, urlsplit

import pytest

from sandbox_server.tests.clients import PATIENCE_SECONDS
from testing.program import Program
from testing.raw_client import BINARY, CLOSE, PING, PONG, TEXT, Frame, RawClient, close, frame, text

AUTOBAHN_SECONDS = 1


def close_with(stage: Program, **event: object) -> RawClient:
    """A client whose consumer accepts, and closes as told."""
    events = [{"type": "websocket.accept"}, {"type": "websocket.close", **event}]
    return RawClient(stage.url, f"/puppet?{quote(json.dumps(events))}")


@pytest.mark.parametrize("code", [1000, 1001, 1003, 1008, 1009, 1011, 1012, 1013, 3000, 4401, 4999])
def test_a_consumers_close_code_and_reason_arrive(stage: Program, code: int) -> None:
    """Plain Daphne turns most of the protocol's own codes into 1011 and drops every reason (daphne#374)."""
    with close_with(stage, code=code, reason="žluťoučký kůň") as client:
        assert client.receive_close() == (code, "žluťoučký kůň")
        client.send(close(code))
        assert client.rest() == b""


def test_an_answer_to_a_close_frame_may_be_slow(stage: Program) -> None:
    """autobahn ends TCP after one second, and the consumer is told 1006 of a client that has closed in order."""
    with close_with(stage, code=4000) as client:
        assert client.receive_close() == (4000, "")
        client.socket.settimeout(AUTOBAHN_SECONDS + 0.5)
        with pytest.raises(TimeoutError):
            client.socket.recv(1)
        client.socket.settimeout(PATIENCE_SECONDS)
        client.send(close(4000))
        assert client.rest() == b""


def test_a_client_that_answers_no_close_frame_is_cut(serve_with: Callable[..., Program]) -> None:
    """It has its time, and no more."""
    with RawClient(serve_with(SANDBOX_CLOSE_SECONDS=0.1).url, "/ws/life/accept-then-close/") as client:
        assert client.receive_close()[0] == 4001
        assert client.rest() == b""


def test_a_close_without_code_and_reason_is_1000(stage: Program) -> None:
    """As ASGI says."""
    with close_with(stage) as client:
        assert client.receive_close() == (1000, "")


@pytest.mark.parametrize("code", [0, 999, 1002, 1004, 1005, 1006, 1007, 1010, 1015, 2999, 5000, 70000])
def test_a_code_that_a_consumer_may_not_send_becomes_1011(stage: Program, code: int) -> None:
    """It never reaches the wire: the consumer ends with an exception instead."""
    with close_with(stage, code=code, reason="no") as client:
        assert client.receive_close() == (1011, "")


@pytest.mark.parametrize(
    ("reason", "arrives"), [("a" * 124, "a" * 123), ("ř" * 62, "ř" * 61), ("a" + "🐎" * 31, "a" + "🐎" * 30)]
)
def test_a_long_reason_is_cut_between_characters(stage: Program, reason: str, arrives: str) -> None:
    """A control frame has room for 123 bytes of it, and what arrives is UTF-8."""
    with close_with(stage, code=4000, reason=reason) as client:
        assert client.receive_close() == (4000, arrives)


MISTAKES = {
    "invalid UTF-8": (frame(TEXT, b"\xff"), 1007),
    "UTF-8 that ends within a character": (frame(TEXT, "ř".encode()[:1]), 1007),
    "UTF-8 broken across fragments": (frame(TEXT, b"\xc5", fin=False) + frame(0, b"x"), 1007),
    "a close reason that is not UTF-8": (frame(CLOSE, b"\x03\xe8\xff"), 1007),
    "a message one byte too large": (frame(TEXT, b"x" * (64 * 1024 + 1)), 1009),
    "a large message, only announced": (frame(BINARY, announced=64 * 1024 + 1), 1009),
    "a huge message, only announced": (frame(BINARY, announced=1 << 62), 1009),
    "too large by fragments": (frame(TEXT, b"x" * 40_000, fin=False) + frame(0, b"x" * 40_000), 1009),
    "an unmasked frame": (frame(TEXT, b"x", masked=False), 1002),
    "a reserved bit": (frame(TEXT, b"x", rsv=4), 1002),
    "a reserved opcode": (frame(3, b"x"), 1002),
    "a reserved control opcode": (frame(11, b"x"), 1002),
    "a fragmented ping": (frame(PING, b"x", fin=False), 1002),
    "a long ping": (frame(PING, b"x" * 126), 1002),
    "a continuation of nothing": (frame(0, b"x"), 1002),
    "a message within a message": (frame(TEXT, b"x", fin=False) + text("y"), 1002),
    "half a close code": (frame(CLOSE, b"x"), 1002),
    "close code 999": (close(999), 1002),
    "close code 1005": (close(1005), 1002),
    "close code 1006": (close(1006), 1002),
    "close code 1016": (close(1016), 1002),
    "close code 5000": (close(5000), 1002),
    "two mistakes at once": (frame(3, b"x") + frame(TEXT, b"\xff"), 1002),
}


@pytest.mark.parametrize(("mistake", "code"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_clients_mistake_is_answered_with_a_close_frame(sandbox: Program, mistake: bytes, code: int) -> None:
    """At once, and then the connection ends; a bystander's goes on, and it is no error of the server's."""
    before = sandbox.said()
    with RawClient(sandbox.url, "/ws/echo/") as bystander, RawClient(sandbox.url, "/ws/echo/") as client:
        client.send(mistake)
        assert client.receive_close()[0] == code
        assert client.rest() == b""
        bystander.send(text("still here"))
        assert bystander.receive() == Frame(TEXT, b"still here")
    assert "Traceback" not in sandbox.said().removeprefix(before)


def test_a_message_as_large_as_allowed_is_echoed(sandbox: Program) -> None:
    """In one frame or in several."""
    half = b"x" * (32 * 1024)
    with RawClient(sandbox.url, "/ws/echo/") as client:
        client.send(frame(BINARY, half + half))
        assert client.receive() == Frame(BINARY, half + half)
        client.send(frame(TEXT, half, fin=False) + frame(0, half))
        assert client.receive() == Frame(TEXT, half + half)


def test_a_message_may_be_as_large_as_the_setting_says(serve_with: Callable[..., Program]) -> None:
    """Also where Daphne would say no: its own bound is 1 MiB. One byte more is told which bound it is."""
    limit = 2 * 1024 * 1024
    server = serve_with(SANDBOX_MESSAGE_BYTES=limit, SANDBOX_UNREAD_BYTES=2 * limit, SANDBOX_STALLED_SECONDS=60)
    with RawClient(server.url, "/ws/echo/") as client:
        client.send(frame(BINARY, bytes(limit)))
        assert client.receive() == Frame(BINARY, bytes(limit))
        client.send(frame(BINARY, announced=limit + 1))
        assert client.receive_close() == (1009, f"a message may have {limit} bytes")


@pytest.mark.parametrize("code", [1000, 1001, 3000, 4999, None])
def test_a_clients_close_is_answered_with_its_own_code(sandbox: Program, code: int | None) -> None:
    """So that a page's close event shows the code that it sent; autobahn answers everything with 1000."""
    reason = "" if code is None else "bye"
    with RawClient(sandbox.url, "/ws/echo/") as client:
        client.send(close(code, reason))
        assert client.receive_close() == (code, reason)
        assert client.rest() == b""


def test_what_a_consumer_sends_after_a_close_is_passed_over(sandbox: Program) -> None:
    """A message and a close at once: the echo comes too late, which is nobody's error."""
    before = sandbox.said()
    with RawClient(sandbox.url, "/ws/echo/") as client:
        client.send(text("hello") + close(1000))
        assert client.receive_close() == (1000, "")
        assert client.rest() == b""
    assert "Traceback" not in sandbox.said().removeprefix(before)


def test_an_exception_closes_with_1011_at_once(stage: Program) -> None:
    """Daphne looks once a second; nobody looks on the stage. With one message, and with many that are in the queue."""
    for messages in (1, 1000):
        with RawClient(stage.url, "/fail_after_accept") as client:
            client.send(text("x") * messages)
            assert client.receive_close() == (1011, "")
            client.send(close(1011))
            assert client.rest() == b""


def test_an_exception_before_accept_is_a_500_at_once(stage: Program) -> None:
    """And it is in the log, with its traceback, where Daphne's users look for it."""
    before = stage.said()
    with RawClient(stage.url, "/fail_before_accept") as client:
        assert client.response.status == 500
    assert "Exception inside application: before accept\nTraceback" in stage.said().removeprefix(before)


def test_a_fault_of_the_server_itself_ends_its_connection_and_is_in_the_log(stage: Program) -> None:
    """Plain Daphne has Twisted tell it to nobody. Another connection does not notice."""
    before = stage.said()
    with RawClient(stage.url, "/echo") as other, RawClient(stage.url, "/echo") as client:
        client.send(frame(PONG, b"fault"))
        assert client.rest() == b""
        other.send(text("still here"))
        assert other.receive() == Frame(TEXT, b"still here")
    said = stage.said().removeprefix(before)
    assert "Exception inside the server: on a pong\nTraceback" in said
    assert said.count("Traceback") == 1


def test_an_exception_in_the_middle_of_a_response_stops_nothing_else(stage: Program) -> None:
    """The response is cut short; on plain Daphne, no later exception would ever be answered again."""
    connection = http.client.HTTPConnection(urlsplit(stage.url).netloc, timeout=PATIENCE_SECONDS)
    connection.request("GET", "/fail_in_body")
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        connection.getresponse().read()
    connection.close()
    with RawClient(stage.url, "/fail_after_accept") as client:
        client.send(text("x"))
        assert client.receive_close() == (1011, "")
