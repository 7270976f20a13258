"""What the page about server-sent events says of browsers: they come back, open six, and read one gzip file."""

from __future__ import annotations

import sys
import zlib
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from handed_out.reader import PORT, Reader, printed
from handed_out.tests.clients import enter
from testing.browser import Complaints

pytestmark = pytest.mark.long

AS_GOES = {"/favicon.ico", "/events/", "net::ERR"}
"""What a browser says where a stream is lost, or its page leaves it."""

OPENED = """
globalThis.opened = (source) => new Promise((resolve) => source.addEventListener("open", resolve));
globalThis.listen = () => new EventSource("/events/lobby/");
"""


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    """A project whose chat can be listened to."""
    reader = Reader(tmp_path, Path(sys.executable).parent)
    reader.begin()
    reader.choose_layer("in_memory")
    for name in ("chat/events.py", "mysite/urls.py"):
        reader.copy(name)
    return reader


@pytest.mark.only_browser("chromium")
def test_the_printed_listener_comes_back_after_a_restart(page: Page, reader: Reader, complaints: Complaints) -> None:
    """By itself, and to a server that has started anew."""
    complaints.expected = AS_GOES
    with reader.serve("develop.sh") as server:
        page.goto(server.url + "/admin/")
        with page.expect_console_message(lambda message: message.text == "open"):
            page.add_script_tag(content=printed("listen.js"))
        with page.expect_console_message(lambda message: message.text == "lost: it comes back by itself"):
            server.end()
    again = ["bash", "-c", "exec " + printed("develop.sh").replace(PORT, str(urlsplit(server.url).port))]
    with ExitStack() as stack:
        with page.expect_console_message(lambda message: message.text == "open"):
            stack.enter_context(reader.start(again, server.url))
        page.close()


@pytest.mark.only_browser("chromium")
def test_a_seventh_stream_waits_for_one_of_six_to_close(page: Page, reader: Reader, complaints: Complaints) -> None:
    """Another host has connections of its own meanwhile, and so has a WebSocket."""
    complaints.expected = {*AS_GOES, "http://localhost"}
    with reader.serve("develop.sh") as server:
        page.goto(server.url + "/admin/")
        page.add_script_tag(content=OPENED)
        page.evaluate(
            """async (elsewhere) => {
                globalThis.six = Array.from({ length: 6 }, listen);
                await Promise.all(six.map(opened));
                globalThis.seventh = listen();
                globalThis.opens = opened(seventh);
                await opened(new WebSocket("/ws/chat/lobby/"));
                await fetch(elsewhere, { mode: "no-cors" });
            }""",
            server.url.replace("127.0.0.1", "localhost"),
        )
        assert page.evaluate("seventh.readyState") == 0
        assert page.evaluate("six[0].close(), opens.then(() => seventh.readyState)") == 1
        page.close()


def test_behind_gzip_middleware_only_the_first_part_is_heard(
    page: Page, reader: Reader, complaints: Complaints
) -> None:
    """The comment at the start. What follows is sent, as the next member of a gzip file, and no browser reads on."""
    complaints.expected = {*AS_GOES, "NS_ERROR", "NS_BINDING"}
    reader.add("mysite/settings.py", 'MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *MIDDLEWARE]\n')
    with reader.serve("develop.sh") as server:
        address = urlsplit(server.url)
        assert address.hostname is not None
        connection = HTTPConnection(address.hostname, address.port)
        connection.request("GET", "/events/lobby/", headers={"Accept-Encoding": "gzip"})
        stream = connection.getresponse()
        page.goto(server.url + "/admin/")
        page.add_script_tag(content=OPENED)
        page.evaluate(
            """async () => {
                globalThis.heard = [];
                const source = listen();
                source.addEventListener("message", ({ data }) => heard.push(data));
                await opened(source);
            }"""
        )
        with enter(server) as alice:
            alice.send("hello")
        members = b""
        while members.count(b"\x1f\x8b\x08") < 2:
            members += stream.read1()
        assert b": welcome" in zlib.decompress(members, 31)
        page.evaluate("fetch('/admin/')")
        assert page.evaluate("heard") == []
        connection.close()
        page.close()
