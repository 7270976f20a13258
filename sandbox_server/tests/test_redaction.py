"""Redaction, function by function: what never leaves the server, and what is not to be changed on the way."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox_server.limits import SUBPROTOCOL_CHARACTERS
from sandbox_server.observing.redaction import (
    Words,
    hide_in_event,
    hide_in_head,
    hide_in_headers,
    hide_in_scope,
    hide_subprotocols,
)
from sandbox_server.secret_headers import SECRET_HEADERS

HIDDEN = b"[hidden]"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.e30.a-signature"


@pytest.mark.parametrize("name", sorted(SECRET_HEADERS))
@pytest.mark.parametrize("written", [bytes.lower, bytes.upper, bytes.title, lambda name: b" " + name + b"\t"])
def test_a_secret_header_keeps_its_name_only(name: bytes, written: Any) -> None:
    """However its name is written; other headers, and their order, stay."""
    headers = [(b"host", b"a"), (written(name), b"sessionid=abc"), (b"x-last", b"z")]
    assert hide_in_headers(headers) == [(b"host", b"a"), (written(name), HIDDEN), (b"x-last", b"z")]


def test_the_secret_headers_are_these() -> None:
    """A request's and a response's cookies, and both kinds of credentials (RFC 9110, 11.6.2 and 11.7.2)."""
    assert {b"authorization", b"cookie", b"proxy-authorization", b"set-cookie"} == SECRET_HEADERS


def test_a_secret_header_that_comes_twice_is_hidden_twice() -> None:
    """As `set-cookie` does."""
    assert hide_in_headers([(b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")]) == [(b"set-cookie", HIDDEN)] * 2


@pytest.mark.parametrize("name", [b"x-cookie", b"cookie2", b"sec-websocket-key", b"authorization-info", b""])
def test_a_header_that_is_no_secret_is_not_touched(name: bytes) -> None:
    """Not one byte of it, of whatever script it is."""
    assert hide_in_headers([(name, b"a=1; \xff, ,b")]) == [(name, b"a=1; \xff, ,b")]


@pytest.mark.parametrize(
    ("offered", "shown"),
    [
        ([], []),
        (["chat"], ["chat"]),
        (["chat", "v10.stomp"], ["chat", "v10.stomp"]),
        (["x" * SUBPROTOCOL_CHARACTERS], ["x" * SUBPROTOCOL_CHARACTERS]),
        (["chat", "x" * (SUBPROTOCOL_CHARACTERS + 1)], ["chat", "[hidden]"]),
        (["access_token", "abc"], ["[hidden]", "[hidden]"]),
        (["abc", "Bearer"], ["[hidden]", "[hidden]"]),
        (["chat", "JWT.abc"], ["[hidden]", "[hidden]"]),
        (["ticket-abc"], ["[hidden]"]),
        (["oauth2", "abc"], ["[hidden]", "[hidden]"]),
    ],
)
def test_a_subprotocol_that_may_be_a_credential_is_hidden(offered: list[str], shown: list[str]) -> None:
    """Too long for a name, or offered beside a name that says so: then the short one next to it is the credential."""
    assert hide_subprotocols(offered) == shown


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([b"chat,other"], [b"chat,other"]),
        ([b"chat,\xe9"], [b"chat,\xe9"]),
        ([f"chat, {TOKEN}".encode()], [b"chat, [hidden]"]),
        ([b"\xe9, " + TOKEN.encode()], [b"\xe9, [hidden]"]),
        ([b"bearer, abc"], [HIDDEN]),
        ([b"bearer", b"abc"], [HIDDEN, HIDDEN]),
        ([b"abc", b"bearer"], [HIDDEN, HIDDEN]),
    ],
    ids=["names", "bytes", "a token", "both", "a named one", "in two headers", "the name last"],
)
def test_subprotocols_are_hidden_in_headers_too(values: list[bytes], shown: list[bytes]) -> None:
    """Also where a client spreads them over several headers."""
    name = b"Sec-WebSocket-Protocol"
    assert hide_in_headers([(name, value) for value in values]) == [(name, value) for value in shown]


REQUEST = "GET /ws/echo/?q=1 HTTP/1.1\r\n"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Cookie: sessionid=abc", "Cookie: [hidden]"),
        ("cookie:sessionid=abc", "cookie: [hidden]"),
        ("COOKIE \t:\tsessionid=abc", "COOKIE \t: [hidden]"),
        ("Authorization: Bearer abc:def", "Authorization: [hidden]"),
        ("Proxy-Authorization: Basic abc", "Proxy-Authorization: [hidden]"),
        ("Set-Cookie: sessionid=abc; HttpOnly", "Set-Cookie: [hidden]"),
        ("Cookie: a=1;\r\n sessionid=abc", "Cookie: [hidden]"),
        ("Cookie: a=1;\r\n\tsessionid=abc", "Cookie: [hidden]"),
        ("Cookie:\r\n sessionid=abc", "Cookie: [hidden]"),
        (f"Sec-WebSocket-Protocol: chat,{TOKEN}", "Sec-WebSocket-Protocol: chat, [hidden]"),
        ("X-Other: a\nCookie: sessionid=abc", "X-Other: a\nCookie: [hidden]"),
        ("Cookie sessionid=abc", "[hidden]"),
        ("sessionid=abc", "[hidden]"),
        ("Cookie:", "Cookie: [hidden]"),
        ("X-Odd :  two  blanks  ", "X-Odd :  two  blanks  "),
        ("X-Folded: a\r\n b: c", "X-Folded: a\r\n b: c"),
        ("Sec-WebSocket-Protocol: chat,other", "Sec-WebSocket-Protocol: chat,other"),
        ("X-Bytes: caf\xe9 \x00", "X-Bytes: caf\xe9 \x00"),
        (": no name", ": no name"),
    ],
)
def test_the_head_of_a_request_is_shown_without_its_secrets(line: str, shown: str) -> None:
    """Line by line, folded ones whole; what is no header is hidden, and the rest stays byte for byte."""
    around = "Host: a\r\n{}\r\nX-Last: z\r\n\r\n"
    assert hide_in_head(REQUEST + around.format(line)) == REQUEST + around.format(shown)


@pytest.mark.parametrize(
    "head", ["", "GET / HTTP/1.1", "HTTP/1.1 101 Switching Protocols\r\n\r\n", "Cookie: first\r\n"]
)
def test_a_head_of_few_lines_stays_what_it_is(head: str) -> None:
    """Its first line is a request's or a status, never a header."""
    assert hide_in_head(head) == head


def test_an_event_is_shown_without_its_secrets() -> None:
    """Nor is the application's own event changed."""
    event = {
        "type": "websocket.accept",
        "subprotocol": TOKEN,
        "headers": [(b"Set-Cookie", b"sessionid=abc"), (b"x-other", b"1")],
    }
    before = {**event, "headers": list(event["headers"])}
    assert hide_in_event(event) == {
        "type": "websocket.accept",
        "subprotocol": "[hidden]",
        "headers": [(b"Set-Cookie", HIDDEN), (b"x-other", b"1")],
    }
    assert event == before


@pytest.mark.parametrize(
    "event",
    [
        {"type": "websocket.accept", "subprotocol": "chat", "headers": []},
        {"type": "websocket.accept", "subprotocol": None},
        {"type": "websocket.receive", "text": "Cookie: mine to show"},
        {"type": "websocket.close", "code": 4401},
    ],
)
def test_an_event_without_a_secret_is_shown_as_it_is(event: dict[str, Any]) -> None:
    """What a reader sent is theirs to see."""
    assert hide_in_event(event) == event


class Session:
    """Its repr says what nobody is to see."""

    def __repr__(self) -> str:
        return "sessionid=abc"


def test_a_scope_is_shown_without_its_secrets_and_in_its_order() -> None:
    """The names of the cookies stay, and what a reader may know of the objects; the scope itself is not changed."""
    scope = {
        "type": "websocket",
        "headers": [(b"Cookie", b"sessionid=abc"), (b"host", b"a")],
        "subprotocols": ["bearer", "abc"],
        "cookies": {"sessionid": "abc", "csrftoken": "abc"},
        "session": Session(),
        "user": "alice",
        "path": "/ws/echo/",
    }
    before = dict(scope)
    shown = hide_in_scope(scope)
    assert list(shown.items()) == [
        ("type", "websocket"),
        ("headers", [(b"Cookie", HIDDEN), (b"host", b"a")]),
        ("subprotocols", ["[hidden]", "[hidden]"]),
        ("cookies", {"sessionid": "[hidden]", "csrftoken": "[hidden]"}),
        ("session", Words("<SessionStore>")),
        ("user", Words("<alice>")),
        ("path", "/ws/echo/"),
    ]
    assert "abc" not in repr(shown)
    assert "<alice>" in repr(shown)
    assert "'<alice>'" not in repr(shown)
    assert scope == before


def test_a_scope_without_a_secret_is_shown_as_it_is() -> None:
    """As of a bare ASGI application, in front of which no layer stands."""
    scope = {"type": "http", "path": "/", "headers": [], "client": ["192.0.2.1", 1]}
    assert hide_in_scope(scope) == scope
