"""Rooms: who gets in, who hears what, and what is left of a room. And the page's other sandboxes about groups."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.core.signing import TimestampSigner
from websockets.sync.client import ClientConnection

from live_docs.player.visitor import Visitor
from sandbox_server.management.commands.announce import Command
from sandbox_server.sandboxes.rooms.register import new_room
from sandbox_server.tests.clients import dial, hear, hear_end
from testing.program import Program, start_sandbox_server
from testing.project import ORIGIN

FULL, GONE = 4003, 4504
KEY = "of these tests"

Enter = Callable[..., "Guest"]


class Guest:
    """One client of a sandbox: what it says and what it is told."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def say(self, words: str | bytes) -> None:
        self.socket.send(words)

    def hears(self) -> dict[str, Any]:
        """The next that it is told."""
        news: dict[str, Any] = hear(self.socket)
        return news

    def hears_until(self, key: str) -> dict[str, Any]:
        """The next news with this key, past all others."""
        while key not in (news := self.hears()):
            pass
        return news

    def closed_with(self) -> int:
        code, _ = hear_end(self.socket)
        return code


@pytest.fixture
def enter() -> Iterator[Enter]:
    """Opens a WebSocket on a path of a server, as one more client."""
    with ExitStack() as sockets:

        def enter(server: Program, path: str) -> Guest:
            return Guest(sockets.enter_context(dial(server, path)))

        yield enter


def make_room(server: Program) -> str:
    """The path of a new room."""
    status, body = Visitor(server.url, ORIGIN).ask("POST", "/rooms/")
    assert status == 200
    return f"/ws/rooms/{json.loads(body)['room']}/"


def test_what_one_member_says_all_hear_and_nobody_else(sandbox: Program, enter: Enter) -> None:
    """The sender is one of them; somebody in another room is none of them."""
    room, another = make_room(sandbox), make_room(sandbox)
    alice, bob, stranger = enter(sandbox, room), enter(sandbox, room), enter(sandbox, another)
    assert alice.hears() == {"you": "guest 1"}
    assert bob.hears() == {"you": "guest 2"}
    bob.say("<b>hello</b>")
    stranger.say("only I hear this")
    for member in (alice, bob):
        assert member.hears_until("text") == {"from": "guest 2", "text": "<b>hello</b>"}
    assert stranger.hears_until("text") == {"from": "guest 1", "text": "only I hear this"}


def test_the_twenty_first_is_told_and_comes_in_when_another_leaves(sandbox: Program, enter: Enter) -> None:
    """A full room closes with a code of its own, and goes on."""
    room = make_room(sandbox)
    members = [enter(sandbox, room) for _ in range(20)]
    one_too_many = enter(sandbox, room)
    assert one_too_many.hears() == {"error": "the room is full: 20 are in it"}
    assert one_too_many.closed_with() == FULL
    members[0].socket.close()
    assert members[1].hears_until("left") == {"left": "guest 1", "members": 19}
    assert enter(sandbox, room).hears() == {"you": "guest 21"}


@pytest.mark.parametrize("goodbye", ["a close", "a lost connection"])
def test_a_room_is_gone_when_its_last_member_leaves(sandbox: Program, enter: Enter, goodbye: str) -> None:
    """Its id opens nothing any more, however the last one left."""
    room = make_room(sandbox)
    alice, bob = enter(sandbox, room), enter(sandbox, room)
    alice.socket.close()
    assert bob.hears_until("left")["members"] == 1
    bob.socket.close() if goodbye == "a close" else bob.socket.socket.close()
    while "error" not in (news := enter(sandbox, room).hears()):
        pass  # who is quicker than the server's leave-taking is a member for a moment
    assert news == {"error": "this room is gone: its last member has left"}
    assert enter(sandbox, room).hears() == news


def stale(monkeypatch: pytest.MonkeyPatch, seconds: float) -> str:
    """The id of a room that was made so many seconds ago and never entered."""
    with monkeypatch.context() as clock:
        now = time.time()
        clock.setattr(time, "time", lambda: now - seconds)
        return TimestampSigner(key=KEY, salt="rooms", sep=".", fallback_keys=[]).sign("x" * 22)


def test_a_room_that_nobody_enters_is_gone_after_ten_minutes(
    tmp_path: Path, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time is in the id, so that nothing has to be kept of it."""
    server = start_server(tmp_path, "one")
    try:
        assert "you" in enter(server, f"/ws/rooms/{stale(monkeypatch, 590)}/").hears()
        late = enter(server, f"/ws/rooms/{stale(monkeypatch, 610)}/")
        assert late.hears() == {"error": "there is no such room, or no longer"}
        assert late.closed_with() == GONE
    finally:
        server.end()


@pytest.mark.parametrize("name", ["lobby", "my%20room", "caf%C3%A9", "a..b", "x" * 300, "%00", "room.x", "'--"])
def test_a_name_that_is_no_room_is_told_so(sandbox: Program, enter: Enter, name: str) -> None:
    """Nobody can meet in a room by its name: only ids that were made here open one. No traceback either."""
    before = sandbox.said()
    guest = enter(sandbox, f"/ws/rooms/{name}/")
    assert guest.hears() == {"error": "there is no such room, or no longer"}
    assert guest.closed_with() == GONE
    assert "Traceback" not in sandbox.said().removeprefix(before)


def test_an_id_cannot_be_guessed_from_another(sandbox: Program, enter: Enter) -> None:
    """Sixteen random bytes; with one letter changed it opens nothing."""
    first, second = make_room(sandbox), make_room(sandbox)
    first_secret, second_secret = (path.split("/")[3].split(".")[0] for path in (first, second))
    assert len(first_secret) == len(second_secret) == 32
    assert first_secret != second_secret
    assert enter(sandbox, first.replace(first_secret, second_secret)).hears_until("error")


def test_making_a_room_needs_the_csrf_token(sandbox: Program) -> None:
    """A page from elsewhere cannot have its visitors make rooms."""
    assert Visitor(sandbox.url, ORIGIN).send("POST", "/rooms/", b"", {})[0] == 403
    assert Visitor(sandbox.url, ORIGIN).ask("GET", "/rooms/")[0] == 405


@pytest.mark.parametrize("words", ["", "x" * 501, b"bytes"])
def test_what_is_no_message_is_answered_and_not_passed_on(sandbox: Program, enter: Enter, words: str | bytes) -> None:
    """The one who sent it is told, the others hear nothing of it, and the socket stays open."""
    room = make_room(sandbox)
    alice, bob = enter(sandbox, room), enter(sandbox, room)
    alice.say(words)
    assert alice.hears_until("error") == {"error": "send a text of 1 to 500 characters"}
    alice.say("x" * 500)
    assert bob.hears_until("text")["text"] == "x" * 500


def test_more_than_ten_messages_a_second_are_refused(sandbox: Program, enter: Enter) -> None:
    """Each that is not passed on is answered. So many come that a slow server has eleven of them in a second, too."""
    alice = enter(sandbox, make_room(sandbox))
    for _ in range(500):
        alice.say("hello")
    assert "at most 10 messages a second" in alice.hears_until("error")["error"]


def start_server(folder: Path, name: str, **environment: str) -> Program:
    """A sandbox server of a test's own."""
    return start_sandbox_server(folder, f"{name}.log", SECRET_KEY=KEY, **environment)


def test_with_redis_a_room_reaches_across_processes(redis: str, tmp_path: Path, enter: Enter) -> None:
    """It was made at one server; alice is there and bob at another, and both hear both."""
    servers = [start_server(tmp_path, name, REDIS_URL=redis) for name in ("one", "two")]
    try:
        room = make_room(servers[0])
        alice, bob = enter(servers[0], room), enter(servers[1], room)
        assert "you" in bob.hears()
        alice.say("hello, bob")
        assert bob.hears_until("text")["text"] == "hello, bob"
        assert alice.hears_until("text")["text"] == "hello, bob"
        bob.say("hello, alice")
        assert alice.hears_until("text")["text"] == "hello, alice"
        bob.socket.close()
        assert alice.hears_until("left")
    finally:
        for server in servers:
            server.end()


@pytest.mark.usefixtures("project")
def test_any_rooms_id_can_be_typed_into_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever bytes chance brings. In base64url these would begin with a hyphen, and the command see an option."""
    monkeypatch.setattr(secrets, "token_bytes", lambda count: b"\xfb" * count)
    room = new_room()
    typed = Command().create_parser("", "announce").parse_args([room, "dinner"])
    assert (typed.room, typed.text) == (room, "dinner")


def announce(room: str, text: str, **environment: str) -> None:
    """The management command that the page prints, in a process of its own."""
    settings = {"DJANGO_SETTINGS_MODULE": "sandbox_server.settings"}
    command = [sys.executable, "-m", "django", "announce", room, text]
    subprocess.run(command, env=os.environ | settings | environment, check=True)


def test_a_management_command_reaches_a_room_through_redis(redis: str, tmp_path: Path, enter: Enter) -> None:
    """What it sends goes to a layer that the server reads from."""
    server = start_server(tmp_path, "one", REDIS_URL=redis)
    try:
        room = make_room(server)
        alice = enter(server, room)
        assert "you" in alice.hears()
        announce(room.split("/")[3], "dinner", REDIS_URL=redis)
        assert alice.hears_until("text") == {"from": "the command line", "text": "dinner"}
    finally:
        server.end()


@pytest.mark.parametrize(
    ("path", "nonsense"),
    [
        (
            "/ws/capacity/",
            ["", "busy", "busy 0", "busy 101", "busy -1", "busy ²", "lazy 5", b"busy 5", "busy " + "9" * 5000],
        ),
        ("/ws/groups/types/", ["", "chat.", "dispatch", "websocket.disconnect", "chat." + "x" * 31, b"chat.message"]),
        ("/ws/groups/processes/", ["", "default", "rooms", b"this_process"]),
        ("/ws/groups/names/", ["", "a/b", "x" * 5000, b"room"]),
    ],
)
def test_nonsense_is_answered_with_what_to_send_instead(
    sandbox: Program, enter: Enter, path: str, nonsense: list[str | bytes]
) -> None:
    """The socket stays open, and the log stays quiet."""
    before = sandbox.said()
    guest = enter(sandbox, path)
    for words in nonsense:
        guest.say(words)
        assert list(guest.hears()) == ["error"]
    assert "Traceback" not in sandbox.said().removeprefix(before)


def test_a_busy_member_loses_what_its_channel_does_not_hold(sandbox: Program, enter: Enter) -> None:
    """One is on its way to the handler, five wait, the rest is a gap in the numbers; a free member loses none."""
    member = enter(sandbox, "/ws/capacity/")
    member.say("busy 100")
    assert member.hears() == {"sending": 100}
    assert [member.hears()["number"] for _ in range(6)] == [1, 2, 3, 4, 5, 6]
    member.say("free 10")
    assert member.hears() == {"sending": 10}
    assert member.hears() == {"number": 101, "dropped_before": 94}
    assert [member.hears()["dropped_before"] for _ in range(9)] == [0] * 9
