"""One session, seen by a view and by a consumer."""

from __future__ import annotations

import json
from typing import Any

from websockets.sync.client import ClientConnection

from live_docs.player.visitor import Visitor
from sandbox_server.tests.clients import dial, hear
from testing.program import Program
from testing.project import ORIGIN


class Reader(Visitor):
    """A visitor who reads notes over HTTP."""

    @property
    def note(self) -> Any:
        """What the view says."""
        return json.loads(self.ask("GET", "/notes/")[1])["your_note"]


def say(socket: ClientConnection, message: str | bytes) -> Any:
    socket.send(message)
    return hear(socket)


def test_a_view_and_a_consumer_read_what_the_other_writes(sandbox: Program) -> None:
    """The consumer's change is there for the view as soon as the consumer has saved it."""
    reader = Reader(sandbox.url, ORIGIN)
    reader.ask("POST", "/notes/", "buy milk")
    with dial(sandbox, "/ws/notes/", reader.cookie_header()) as socket:
        assert hear(socket) == {"your_note": "buy milk"}
        assert say(socket, "buy bread") == {"saved": "buy bread"}
        assert reader.note == "buy bread"


def test_without_the_save_a_change_stays_with_its_connection(sandbox: Program) -> None:
    """The consumer sees it, the view and the next connection do not."""
    reader = Reader(sandbox.url, ORIGIN)
    reader.ask("POST", "/notes/", "buy milk")
    with dial(sandbox, "/ws/notes/forgetful/", reader.cookie_header()) as socket:
        hear(socket)
        assert say(socket, "buy bread") == {"only_in_my_scope": "buy bread"}
        assert reader.note == "buy milk"
    with dial(sandbox, "/ws/notes/", reader.cookie_header()) as socket:
        assert hear(socket) == {"your_note": "buy milk"}


def test_a_session_that_a_consumer_began_has_no_cookie(sandbox: Program) -> None:
    """It is saved, and nobody finds it again."""
    reader = Reader(sandbox.url, ORIGIN)
    with dial(sandbox, "/ws/notes/", reader.cookie_header()) as socket:
        hear(socket)
        assert say(socket, "buy milk") == {"saved": "buy milk"}
        assert socket.response is not None
        assert "Set-Cookie" not in socket.response.headers
    assert reader.note is None


def test_the_last_save_wins(sandbox: Program) -> None:
    """A consumer's copy is as old as its connection: what a view has written since is written over."""
    reader = Reader(sandbox.url, ORIGIN)
    reader.ask("POST", "/notes/", "buy milk")
    with dial(sandbox, "/ws/notes/", reader.cookie_header()) as socket:
        assert hear(socket) == {"your_note": "buy milk"}
        reader.ask("POST", "/notes/", "buy eggs")
        say(socket, "buy bread")
        assert reader.note == "buy bread"


def test_a_session_that_ended_under_a_socket_is_an_answer_not_an_error(sandbox: Program) -> None:
    """Whoever logs out ends it."""
    reader = Reader(sandbox.url, ORIGIN)
    reader.become("bob")
    with dial(sandbox, "/ws/notes/", reader.cookie_header()) as socket:
        hear(socket)
        reader.become("anonymous")
        assert say(socket, "buy milk") == {"error": "this session has ended: connect again"}


def test_a_note_is_a_text_of_200_characters_at_most(sandbox: Program) -> None:
    """Over either protocol; bytes are told so."""
    reader = Reader(sandbox.url, ORIGIN)
    reader.ask("POST", "/notes/", "é" * 300)
    assert reader.note == "é" * 200
    with dial(sandbox, "/ws/notes/", reader.cookie_header()) as socket:
        hear(socket)
        assert say(socket, b"\x00") == {"error": "send the note as text"}
        assert say(socket, "x" * 300) == {"saved": "x" * 200}


def test_visitors_have_notes_of_their_own(sandbox: Program) -> None:
    """Another cookie, another session."""
    one, other = Reader(sandbox.url, ORIGIN), Reader(sandbox.url, ORIGIN)
    one.ask("POST", "/notes/", "mine")
    assert other.note is None
    with dial(sandbox, "/ws/notes/", other.cookie_header()) as socket:
        assert hear(socket) == {"your_note": None}
