"""The printed server-sent events: what the chat says arrives at once, behind nginx too, and not where it buffers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest

from handed_out.nginx import in_front_of
from handed_out.reader import Reader, printed
from handed_out.tests.clients import PATIENCE_SECONDS, enter
from testing.program import Program

pytestmark = pytest.mark.long

PRINTED = printed("nginx/events.conf")
VERSION = "    proxy_http_version 1.0;\n"
NGINX_ITSELF = (
    f"location /events/ {{\n    proxy_pass http://127.0.0.1:8001;\n    proxy_set_header Host $http_host;\n{VERSION}}}"
)
"""What nginx does before 1.29.7 without being told: HTTP/1.0, and buffers."""


@pytest.fixture
def listener(reader: Reader) -> Reader:
    """A reader whose chat can be listened to."""
    reader.choose_layer("in_memory")
    for name in ("chat/events.py", "mysite/urls.py"):
        reader.copy(name)
    return reader


@contextmanager
def listen(server: Program, timeout: float = PATIENCE_SECONDS) -> Iterator[HTTPResponse]:
    """The stream, as a browser asks for it."""
    address = urlsplit(server.url)
    assert address.hostname is not None
    connection = HTTPConnection(address.hostname, address.port, timeout=timeout)
    connection.request("GET", "/events/lobby/", headers={"Accept": "text/event-stream"})
    try:
        yield connection.getresponse()
    finally:
        connection.close()


def assert_it_is_heard_at_once(server: Program, through: Program) -> None:
    """While the stream stays open."""
    with listen(through) as stream:
        assert stream.readline() == b": welcome\n"
        assert stream.readline() == b"\n"
        with enter(server) as alice:
            alice.send("hello")
            assert stream.readline() == b'data: {"type": "chat.message", "text": "hello"}\n'
            assert stream.readline() == b"\n"


def test_what_the_chat_hears_a_stream_tells(listener: Reader) -> None:
    """On the printed server; its type says what it is, and no cache keeps it."""
    with listener.serve() as server:
        assert_it_is_heard_at_once(server, server)
        with listen(server) as stream:
            assert stream.getheader("Content-Type") == "text/event-stream"
            assert stream.getheader("Cache-Control") == "no-cache"


def test_the_printed_test_of_a_stream_passes(listener: Reader) -> None:
    """With Django's own client, which reads a stream part by part."""
    for name in ("pytest.ini", "chat/test_events.py"):
        listener.copy(name)
    assert "1 passed" in listener.run("test.sh")


@pytest.mark.parametrize("lines", [PRINTED, NGINX_ITSELF], ids=["printed", "header alone"])
def test_behind_nginx_it_arrives_at_once(listener: Reader, lines: str) -> None:
    """By the printed lines; and by the header that the view sends, where there are none."""
    with listener.serve() as server, in_front_of(server, listener, lines) as nginx:
        assert_it_is_heard_at_once(server, nginx)


def test_without_lines_and_header_nginx_keeps_it_back(listener: Reader) -> None:
    """Not even the head arrives. Either of two words of the printed lines is enough: HTTP/1.1, or no buffers."""
    text = printed("chat/events.py")
    header = ', "X-Accel-Buffering": "no"'
    assert header in text
    listener.write("chat/events.py", text.replace(header, ""))
    with listener.serve() as server:
        with in_front_of(server, listener, NGINX_ITSELF) as nginx:
            with listen(server) as direct:
                assert direct.readline() == b": welcome\n"
            with pytest.raises(TimeoutError), listen(nginx, timeout=2) as stream:
                stream.readline()
        for word, instead in (("proxy_http_version 1.1;", ""), ("proxy_buffering off;", VERSION)):
            assert word in PRINTED
            with in_front_of(server, listener, NGINX_ITSELF.replace(VERSION, f"    {word}\n{instead}")) as nginx:
                assert_it_is_heard_at_once(server, nginx)
