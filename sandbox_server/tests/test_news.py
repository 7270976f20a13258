"""The same news in three ways, on the real server: who hears what, and what an open stream costs and gives back."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus

from live_docs.player.visitor import Visitor
from sandbox_server.tests.clients import PATIENCE_SECONDS, dial, hear
from sandbox_server.tests.undisturbed import undisturbed
from testing.program import Program, wait_until
from testing.project import ORIGIN


class Reader(Visitor):
    """A visitor with a newsroom of their own, who can listen to it."""

    def publish(self, text: str) -> str:
        """The id of what has been published."""
        status, body = self.ask("POST", "/news/", text)
        assert status == 200, body
        return str(json.loads(body)["id"])

    def listen(self, stack: ExitStack, query: str = "", **headers: str) -> HTTPResponse:
        """A stream, until the stack closes it."""
        address = urlsplit(self.server)
        assert address.hostname is not None
        connection = HTTPConnection(address.hostname, address.port, timeout=PATIENCE_SECONDS)
        stack.callback(connection.close)
        connection.request("GET", f"/news/stream/{query}", headers={**self.cookie_header(), **headers})
        response = connection.getresponse()
        stack.callback(response.close)  # it has a file of its own on the same socket
        return response


def reader_of(server: Program) -> Reader:
    reader = Reader(server.url, ORIGIN)
    reader.publish("bread")
    return reader


def event(response: HTTPResponse) -> list[str]:
    """The lines up to the next empty one."""
    lines = iter(lambda: response.readline().decode().rstrip("\n"), "")
    return list(lines)


def test_what_is_published_is_heard_while_the_stream_is_open(sandbox: Program) -> None:
    """And by the socket beside it; each item is one event."""
    reader = reader_of(sandbox)
    with ExitStack() as stack, dial(sandbox, "/ws/news/", reader.cookie_header()) as socket:
        stream = reader.listen(stack, "?after=1")
        assert event(stream) == ["retry: 1000"]
        reader.publish("two\nlines")
        assert event(stream) == ["id: 2", 'data: {"id": "2", "text": "two\\nlines"}']
        assert hear(socket) == {"id": "2", "text": "two\nlines"}


def test_who_comes_back_hears_what_came_meanwhile(sandbox: Program) -> None:
    """From the last id that the browser names by itself, whatever the address says."""
    reader = reader_of(sandbox)
    for text in ("milk", "eggs"):
        reader.publish(text)
    with ExitStack() as stack:
        stream = reader.listen(stack, "?after=1&brief", **{"Last-Event-ID": "2"})
        assert stream.read().decode() == 'retry: 1000\n\nid: 3\ndata: {"id": "3", "text": "eggs"}\n\n'


def test_strangers_hear_nothing(sandbox: Program) -> None:
    """Who has published nothing has no newsroom, and is refused by both; another's is not heard."""
    reader, stranger, nobody = reader_of(sandbox), reader_of(sandbox), Reader(sandbox.url, ORIGIN)
    with ExitStack() as stack:
        assert nobody.listen(stack).status == 403
        with pytest.raises(InvalidStatus, match="403"), dial(sandbox, "/ws/news/"):
            pass
        stream = stranger.listen(stack, "?after=1")
        assert event(stream) == ["retry: 1000"]
        reader.publish("for mine alone")
        stranger.publish("mine")
        assert event(stream) == ["id: 2", 'data: {"id": "2", "text": "mine"}']


def test_a_long_text_is_cut_and_an_old_one_is_forgotten(sandbox: Program) -> None:
    """A session keeps ten items of 200 characters; who names one that is gone gets all ten."""
    reader = Reader(sandbox.url, ORIGIN)
    for number in range(12):
        reader.publish(f"{number} " + "x" * 300)
    kept = json.loads(reader.ask("GET", "/news/?after=1")[1])["news"]
    assert [item["id"] for item in kept] == [str(number) for number in range(3, 13)]
    assert {len(item["text"]) for item in kept} == {200}


@pytest.mark.long
def test_who_leaves_makes_room(serve_with: Callable[..., Program]) -> None:
    """One more than a visitor may have is told so, and ends; once somebody has left, there is a place again."""
    server = serve_with(SANDBOX_NEWS_STREAMS_PER_VISITOR=2)
    reader = reader_of(server)
    with undisturbed(server), ExitStack() as stack:
        leaves, stays = reader.listen(leaving := ExitStack()), reader.listen(stack)
        assert event(leaves) == event(stays) == ["retry: 1000"]
        told = "retry: 10000\nevent: full\ndata: 2 streams from your address are open\n\n"
        assert reader.listen(stack).read().decode() == told
        leaving.close()
        wait_until(lambda: event(reader.listen(stack)) == ["retry: 1000"], "a place")


@pytest.mark.long
def test_a_stream_is_alive_while_nothing_happens_and_then_ends(serve_with: Callable[..., Program]) -> None:
    """By comments, which are no events; and its end is a whole one, so that the browser comes back."""
    server = serve_with(SANDBOX_NEWS_STREAM_SECONDS=3, SANDBOX_NEWS_KEEP_ALIVE_SECONDS=1)
    with ExitStack() as stack:
        said = reader_of(server).listen(stack, "?after=1").read().decode()
    assert said.startswith("retry: 1000\n\n: still here\n\n")
    assert set(said.split("\n\n")) == {"retry: 1000", ": still here", ""}


@pytest.mark.long
def test_an_open_stream_has_no_connection_to_the_database(serve_with: Callable[..., Program]) -> None:
    """Else a database would have one for each page that is open."""
    server = serve_with(SANDBOX_NEWS_STREAM_SECONDS=3600)  # at its end, a stream would give it back anyway
    reader = reader_of(server)

    def connections() -> int:
        files = Path(f"/proc/{server.process.pid}/fd").iterdir()
        return sum(".sqlite3" in os.readlink(file) for file in files if file.is_symlink())

    with ExitStack() as stack:
        before = connections()
        for _ in range(5):
            event(stream := reader.listen(stack))
            event(stream)  # the item that there is: by now it has looked
        wait_until(lambda: connections() <= before, f"{before} connections, or fewer")
