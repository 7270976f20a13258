"""The server's answer to a handshake, line by line."""

import json
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import quote

import pytest

from sandbox_server.hardened_daphne.events import as_text
from testing.program import Program
from testing.raw_client import BINARY, TEXT, Frame, RawClient, frame, text

START, BODY = "websocket.http.response.start", "websocket.http.response.body"


def told(*events: Mapping[str, object]) -> str:
    """The path of a consumer that sends these events."""
    return f"/puppet?{quote(json.dumps(events))}"


def test_the_scope_names_the_servers_extensions(stage: Program) -> None:
    """ASGI's for refusals of all kinds, and this server's own for dropping TCP."""
    with RawClient(stage.url, "/extensions") as client:
        assert client.receive() == Frame(TEXT, b'{"websocket.http.response": {}, "websocket.drop": {}}')


@pytest.mark.parametrize(("status", "reason"), [(401, "Unauthorized"), (404, "Not Found"), (429, "Too Many Requests")])
def test_a_refusal_carries_status_headers_and_body(stage: Program, status: int, reason: str) -> None:
    """The body may come in parts; a header may come twice."""
    headers = [["retry-after", "7"], ["set-cookie", "a=1"], ["set-cookie", "b=2"]]
    start = {"type": START, "status": status, "headers": headers}
    first, last = {"type": BODY, "body": "not ", "more_body": True}, {"type": BODY, "body": "now"}
    with RawClient(stage.url, told(start, first, last)) as client:
        assert (client.response.status, client.response.reason) == (status, reason)
        assert client.response.all("retry-after") == ["7"]
        assert client.response.all("set-cookie") == ["a=1", "b=2"]
        assert client.response.all("content-length") == ["7"]
        assert client.rest() == b"not now"


def test_a_refusals_own_content_length_stays_the_only_one(stage: Program) -> None:
    """Frameworks set it themselves."""
    start = {"type": START, "status": 404, "headers": [["Content-Length", "2"]]}
    with RawClient(stage.url, told(start, {"type": BODY, "body": "no"})) as client:
        assert client.response.all("content-length") == ["2"]
        assert client.rest() == b"no"


def test_a_refusal_without_a_body_is_whole(stage: Program) -> None:
    with RawClient(stage.url, told({"type": START, "status": 401}, {"type": BODY})) as client:
        assert client.response.status == 401
        assert client.response.all("content-length") == ["0"]
        assert client.rest() == b""


def test_a_close_before_accept_is_still_a_403(stage: Program) -> None:
    """As ASGI says."""
    with RawClient(stage.url, told({"type": "websocket.close", "code": 4001})) as client:
        assert client.response.status == 403
        assert client.rest() == b""


@pytest.mark.parametrize(
    "events",
    [
        [{"type": BODY, "body": "no start"}],
        [{"type": START, "status": 404, "headers": [["x-one", "1\r\nx-two: 2"]]}],
        [{"type": START, "status": 404, "headers": [["x one", "1"]]}],
        [{"type": "websocket.accept", "headers": [["x-one", "1\r\nx-two: 2"]]}],
        [{"type": "websocket.accept", "subprotocol": "not offered"}],
        [{"type": START, "status": 404}, {"type": "websocket.send", "text": "not now"}],
    ],
    ids=["body first", "line break in a header", "space in a name", "line break in an accept", "subprotocol", "both"],
)
def test_what_cannot_be_sent_is_a_500(stage: Program, events: list[dict[str, object]]) -> None:
    """It ends the consumer with an exception; none of it reaches the wire."""
    with RawClient(stage.url, told(*events)) as client:
        assert client.response.status == 500
        assert client.response.all("x-two") == []


def test_a_refusal_after_accept_closes_with_1011(stage: Program) -> None:
    with RawClient(stage.url, told({"type": "websocket.accept"}, {"type": START, "status": 404})) as client:
        assert client.response.status == 101
        assert client.receive_close() == (1011, "")


@pytest.mark.parametrize("name", [b"x-one", b"X_One.Two!", b"1"])
@pytest.mark.parametrize("value", [b"", b"a: b, c", "žluťoučký kůň".encode(), b"\t"])
def test_a_header_is_passed_on_as_text(name: bytes, value: bytes) -> None:
    """autobahn takes strings, and writes them as UTF-8."""
    assert list(as_text([(name, value)])) == [(name.decode(), value.decode())]


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, b"1") for name in (b"", b"x one", b"x:one", b"x-one\r\nx-two", b"x-one\n", b"caf\xe9", b"\0")]
    + [(b"x-one", value) for value in (b"1\r\nx-two: 2", b"1\n", b"\r", b"1\0")],
)
def test_what_would_break_out_of_its_line_is_no_header(name: bytes, value: bytes) -> None:
    """A response that an application splits in two would be believed by every proxy (CVE-2026-44546's kind)."""
    with pytest.raises(ValueError, match="not a header"):
        list(as_text([(b"x-first", b"0"), (name, value)]))


def test_headers_of_an_accept_are_in_the_response(stage: Program) -> None:
    """Plain Daphne drops them (daphne#326)."""
    headers = [["set-cookie", "a=1"], ["set-cookie", "b=2"], ["x-served-by", "žluťoučký kůň"]]
    accept = {"type": "websocket.accept", "subprotocol": "chat", "headers": headers}
    with RawClient(stage.url, told(accept), Sec_WebSocket_Protocol="chat, other") as client:
        assert client.response.status == 101
        assert client.response.all("set-cookie") == ["a=1", "b=2"]
        assert len(client.response.all("x-served-by")) == 1
        assert client.response.all("sec-websocket-protocol") == ["chat"]
        assert client.response.all("sec-websocket-accept") == ["s3pPLMBiTxaQ9kYGzzhZRbK+xOo="]


AGAIN = b"GET /late HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"


def answer_late(stage: Program, early: bytes, together: bool) -> RawClient:
    """A client that sends something before its handshake is answered, in one piece with it or after it."""
    key = f"{early[:2].hex()}{together}"
    client = RawClient(stage.url, f"/late?{key}", answered=False, early=early if together else b"")
    if not together:
        client.send(early)
    with RawClient(stage.url, f"/release?{key}", answered=False):
        client.response = client.read_response()
    assert client.response.status == 101
    return client


@pytest.mark.parametrize("together", [True, False], ids=["together", "after it"])
@pytest.mark.parametrize("early", [AGAIN, b"\r\n\r\n", frame(3)], ids=["a handshake", "the end of one", "no frame"])
def test_what_comes_before_the_answer_waits_for_it(stage: Program, early: bytes, together: bool) -> None:
    """And is then read as frames. It is no second handshake, which would be answered beside the first, or twice."""
    before = stage.said()
    with answer_late(stage, early, together) as client:
        assert client.receive_close()[0] == 1002
        assert client.rest() == b""
    assert "Traceback" not in stage.said().removeprefix(before)


@pytest.mark.parametrize("together", [True, False], ids=["together", "after it"])
@pytest.mark.parametrize("length", [5, 40_000])
def test_a_message_that_comes_before_the_answer_is_read_after_it(stage: Program, length: int, together: bool) -> None:
    """However long: so long a rest of a request makes Twisted stop reading."""
    with answer_late(stage, frame(BINARY, b"x" * length), together) as client:
        assert client.receive() == Frame(BINARY, b"x" * length)
        client.send(text("and then"))
        assert client.receive() == Frame(TEXT, b"and then")


def test_only_so_much_waits_for_the_answer(stage: Program) -> None:
    """Who sends more than one message may have is cut off."""
    with RawClient(stage.url, "/late?never", answered=False) as client, suppress(ConnectionError):
        client.send(frame(BINARY, bytes(60_000)) * 4)
        assert client.rest() == b""


def test_an_unknown_path_is_a_404(sandbox: Program) -> None:
    """Plain Channels on plain Daphne answers 500, and logs a traceback."""
    before = sandbox.said()
    with RawClient(sandbox.url, "/ws/nowhere/") as client:
        assert client.response.status == 404
        assert client.rest() == b"No WebSocket here.\n"
    assert "Traceback" not in sandbox.said().removeprefix(before)


@pytest.mark.parametrize("key", ["short", "!" * 22 + "=="])
def test_a_handshake_that_is_none_is_a_400(sandbox: Program, key: str) -> None:
    """And the next one is served."""
    with RawClient(sandbox.url, "/ws/echo/", Sec_WebSocket_Key=key) as client:
        assert client.response.status == 400
    with RawClient(sandbox.url, "/ws/echo/") as client:
        client.send(text("hello"))
        assert client.receive() == Frame(TEXT, b"hello")
