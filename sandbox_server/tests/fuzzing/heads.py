"""Heads of requests: a good handshake, or a good request, in which some things have been changed."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from testing.project import ORIGIN

Header = tuple[bytes, bytes]

TARGETS = [
    *(
        b"/ws/echo/",
        b"/ws/ticket/?ticket=x",
        b"/ws/rooms/x/",
        b"/ws/chat/x/",
        b"/ws/scope/",
        b"/ws/asgi/",
        b"/ws/whoami/",
    ),
    *(
        b"/",
        b"/notes/",
        b"/demo/session/",
        b"/demo/login/",
        b"/tickets/",
        b"/asgi/",
        b"/scope/",
        b"/wsgi/",
        b"/nowhere/",
    ),
    *(
        b"/explain/routing/?path=/ws/route/",
        b"/durable/x/",
        b"/witness/hello/",
        b"*",
        b"http://127.0.0.1/ws/echo/",
        b"//",
    ),
    *(
        b"/ws/echo/?observe=" + b"o" * 22 + b".7",
        b"/ws/observe/" + b"o" * 22 + b"/",
        b"/ws/echo/#there",
        b"/%",
        b"/%ff%00",
    ),
]
METHODS = [b"GET", b"POST", b"HEAD", b"OPTIONS", b"PUT", b"CONNECT", b"PRI", b"get", b"~"]
VERSIONS = [b"HTTP/1.1", b"HTTP/1.0", b"HTTP/2.0", b"HTTP/1.2", b"http/1.1", b""]
KEY = b"dGhlIHNhbXBsZSBub25jZQ=="

HANDSHAKE: list[Header] = [
    (b"Host", b"127.0.0.1"),
    (b"Upgrade", b"websocket"),
    (b"Connection", b"Upgrade"),
    (b"Origin", ORIGIN.encode()),
    (b"Sec-WebSocket-Version", b"13"),
    (b"Sec-WebSocket-Key", KEY),
]
REQUEST: list[Header] = [(b"Host", b"localhost"), (b"Accept", b"*/*")]

VALUES = {
    b"Host": [
        b"127.0.0.1:8001",
        b"[::1]",
        b"[",
        b"evil.example",
        b"127.0.0.1:x",
        b"a,b",
        b"",
        b"localhost:99999",
        b"\xff",
    ],
    b"Upgrade": [b"WebSocket", b"h2c", b"websocket, h2c", b"h2c, websocket", b""],
    b"Connection": [b"keep-alive, Upgrade", b"close", b"keep-alive", b"", b","],
    b"Origin": [
        b"null",
        b"http://[",
        b"http://127.0.0.1:99999",
        b"http://127.0.0.1:x",
        b"//",
        b"http://",
        b"\xff",
        b"a b",
    ],
    b"Sec-WebSocket-Version": [b"8", b"7", b"0", b"12", b"14", b"-1", b"x", b"1" * 5000, b"13, 8", b"+13", b"1_3"],
    b"Sec-WebSocket-Key": [b"", b"short", KEY + KEY, b"!" * 22 + b"==", b"\xff" * 24],
    b"Sec-WebSocket-Protocol": [b"chat", b"a, b", b"a,a", b",", b"\xff", b"%ff", b"a b", b"x" * 200],
    b"Sec-WebSocket-Extensions": [
        b"permessage-deflate",
        b";",
        b"=;=",
        b'a; b="c"; d',
        b"permessage-deflate; x=\xff",
        b",",
    ],
    b"Cookie": [
        b"sessionid=x",
        b"observer=abcdefghijklmnop",
        b"=",
        b";;",
        b'sessionid="\\777"',
        b"sessionid=\xff",
        b"a=b; a=c",
    ],
    b"Content-Length": [b"0", b"5", b"-1", b"+5", b"x", b"5, 5", b"1" * 5000, b"70000"],
    b"Transfer-Encoding": [b"chunked", b"gzip", b"chunked, chunked", b"identity", b"x"],
    b"Expect": [b"100-continue", b"x"],
    b"Content-Type": [
        b"application/json",
        b"multipart/form-data",
        b"multipart/form-data; boundary=x",
        b"text/plain; charset=x",
    ],
    b"X-Real-IP": [b"1.2.3.4", b"::", b"x"],
    b"X-Forwarded-For": [b"1.2.3.4", b"x"],
    b"Daphne-Root-Path": [b"/x", b"\xff", b"%ff"],
    b"Access-Control-Request-Method": [b"POST", b"x"],
    b"X-CSRFToken": [b"x", b"\xff"],
}

names = st.sampled_from(sorted(VALUES))
tokens = st.text("abcXYZ-_!#09", min_size=1, max_size=12).map(str.encode)
junk = st.binary(max_size=30)


@st.composite
def heads(draw: st.DrawFn) -> bytes:
    """A head, perhaps with a body, perhaps not even ended."""
    headers = list(draw(st.sampled_from([HANDSHAKE, HANDSHAKE, REQUEST])))
    method, version = b"GET", b"HTTP/1.1"
    target = draw(st.sampled_from(TARGETS))
    for change in draw(st.lists(st.sampled_from(CHANGES), max_size=4)):
        change(draw, headers)
    end, separator = b"\r\n", b": "
    match draw(st.integers(0, 12)):
        case 0:
            method = draw(st.sampled_from(METHODS) | junk)
        case 1:
            version = draw(st.sampled_from(VERSIONS) | junk)
        case 2:
            target += draw(st.sampled_from([b"?", b"/"])) + draw(junk)
        case 3:
            target = b"/" + draw(st.text("%/?&=;#0f\\ ", max_size=20).map(str.encode))
        case 4:
            end = draw(st.sampled_from([b"\n", b"\r", b"\r\r\n"]))
        case 5:
            separator = draw(st.sampled_from([b":", b" : ", b"\t:", b""]))
    lines = [b" ".join([method, target, version]), *(name + separator + value for name, value in headers)]
    body = draw(
        st.sampled_from([b"", b"", b"", b"hello", b"{}", b"5\r\nhello\r\n0\r\n\r\n", b"-1\r\n", b"5;x=\xff\r\n"]) | junk
    )
    return end.join([*lines, b"", b""]) + body


Headers = list[Header]


def add(draw: st.DrawFn, headers: Headers) -> None:
    name = draw(names)
    headers.insert(draw(st.integers(0, len(headers))), (name, draw(st.sampled_from(VALUES[name]))))


def replace(draw: st.DrawFn, headers: Headers) -> None:
    if headers:
        at = draw(st.integers(0, len(headers) - 1))
        name = headers[at][0]
        headers[at] = (name, draw(st.sampled_from(VALUES.get(name, [b""])) | junk))


def remove(draw: st.DrawFn, headers: Headers) -> None:
    if headers:
        del headers[draw(st.integers(0, len(headers) - 1))]


def repeat(draw: st.DrawFn, headers: Headers) -> None:
    if headers:
        headers.append(draw(st.sampled_from(headers)))


def make_up(draw: st.DrawFn, headers: Headers) -> None:
    headers.append((draw(tokens | junk), draw(junk)))


CHANGES: list[Callable[[st.DrawFn, Headers], None]] = [add, add, replace, replace, remove, repeat, make_up]
