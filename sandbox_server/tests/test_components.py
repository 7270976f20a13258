"""The room that components show: what the page's transcripts do not show of it."""

from __future__ import annotations

import json
from contextlib import ExitStack

import pytest
from websockets.sync.client import ClientConnection

from live_docs.player.visitor import Visitor
from sandbox_server import limits
from sandbox_server.sandboxes.components import Room
from sandbox_server.tests.clients import dial, hear, hear_end
from testing.program import Program, wait_until
from testing.project import ORIGIN


def new_room(sandbox: Program) -> str:
    name = json.loads(Visitor(sandbox.url, ORIGIN).ask("GET", "/names/", None)[1])["name"]
    return f"/ws/components/{name}/"


def say(socket: ClientConnection, key: object, text: object) -> None:
    socket.send(json.dumps({"kind": "say", "id": key, "text": text}))


def test_a_room_takes_so_many_sockets(sandbox: Program) -> None:
    """One more is told that it is full, and leaves nothing behind; others know nothing of it."""
    room = new_room(sandbox)
    with ExitStack() as stack:
        sockets = [stack.enter_context(dial(sandbox, room)) for _ in range(limits.COMPONENT_SOCKETS)]
        assert [hear(socket)["sockets"] for socket in sockets] == list(range(1, limits.COMPONENT_SOCKETS + 1))
        for _ in range(2):
            with dial(sandbox, room) as late:
                assert hear_end(late) == (4003, "full: try again later")
        say(sockets[0], "m1", "tea")
        assert hear(sockets[-1]) == {"kind": "said", "number": 1, "text": "tea"}
        with dial(sandbox, new_room(sandbox)) as elsewhere:
            assert hear(elsewhere) == {"kind": "room", "sockets": 1, "said": []}


def test_a_room_is_forgotten_with_its_last_socket(sandbox: Program) -> None:
    """Whatever was said in it."""
    room = new_room(sandbox)
    with dial(sandbox, room) as first:
        hear(first)
        say(first, "m1", "tea")
        assert hear(first) == {"kind": "ack", "id": "m1"}

    def is_empty() -> bool:
        with dial(sandbox, room) as socket:
            return bool(hear(socket) == {"kind": "room", "sockets": 1, "said": []})

    wait_until(is_empty, "an empty room")


def test_a_room_keeps_the_newest_messages() -> None:
    """A repeat of one that it keeps is none; the numbers go on."""
    room = Room()
    for number in range(1, limits.COMPONENT_MESSAGES + 2):
        assert room.take(f"m{number}", "tea") == {"number": number, "text": "tea"}
    assert room.take(f"m{number}", "tea") is None
    assert [said["number"] for said in room.said.values()] == list(range(2, limits.COMPONENT_MESSAGES + 2))


@pytest.mark.parametrize(
    "words",
    [
        "tea",
        "[" * 60_000,
        b"\x00",
        "[]",
        '{"kind": "say"}',
        '{"kind": "say", "id": "", "text": "tea"}',
        json.dumps({"kind": "say", "id": "m1", "text": "x" * (limits.COMPONENT_CHARACTERS + 1)}),
        json.dumps({"kind": "say", "id": "x" * (limits.COMPONENT_CHARACTERS + 1), "text": "tea"}),
    ],
)
def test_what_cannot_be_meant_is_answered_and_not_taken(sandbox: Program, words: str | bytes) -> None:
    """The socket stays open. Half a letter outside of Unicode's planes is taken as it is."""
    with dial(sandbox, new_room(sandbox)) as socket:
        hear(socket)
        socket.send(words)
        assert hear(socket)["error"].startswith("send say")
        say(socket, "\udfff", "\udfff")
        assert hear(socket) == {"kind": "ack", "id": "\udfff"}
        assert hear(socket) == {"kind": "said", "number": 1, "text": "\udfff"}
