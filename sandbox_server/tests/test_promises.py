"""What the server promises one visitor, while a stranger does what they can to push it out. On the real server."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from live_docs.player.visitor import Visitor
from sandbox_server.tests.clients import STRANGER, dial, hear, hear_end
from testing.ports import reserved_port
from testing.program import Program
from testing.project import ORIGIN

Serve = Callable[..., Program]

FEW = 10
"""As many as the server of a test keeps for one visitor, so that few are a flood."""

CULLED = 330
"""More than the 300 entries at which Django's own cache in memory drops some."""


def ask(server: Program, path: str, method: str = "GET") -> dict[str, object]:
    """What somebody who has not been there before is given."""
    status, body = Visitor(server.url, ORIGIN).ask(method, path)
    assert status == 200
    answer: dict[str, object] = json.loads(body)
    return answer


def say(socket: ClientConnection) -> None:
    socket.send(json.dumps({"kind": "say", "id": "m1", "text": "tea"}))


def test_a_message_is_taken_once_whatever_a_stranger_does(serve_with: Serve) -> None:
    """A stranger with more names than a visitor may have is told to wait; the reader's own client is remembered."""
    server = serve_with(SANDBOX_DURABLE_CLIENTS=FEW + 2, SANDBOX_DURABLE_CLIENTS_PER_VISITOR=FEW)
    name = ask(server, "/names/")["name"]
    with dial(server, f"/ws/durable/{name}/") as socket:
        say(socket)
        assert hear(socket)["kind"] == "ack"
    for _ in range(FEW):
        with dial(server, f"/ws/durable/{ask(server, '/names/')['name']}/", source_address=STRANGER) as stranger:
            say(stranger)
            assert hear(stranger)["kind"] == "ack"
    with dial(server, f"/ws/durable/{ask(server, '/names/')['name']}/", source_address=STRANGER) as stranger:
        told = f"{FEW} clients from your address are remembered: try again in 120 s"
        assert hear(stranger) == {"kind": "error", "error": told}
        assert hear_end(stranger) == (4429, "try again in 120 s")
    with dial(server, f"/ws/durable/{name}/") as socket:
        say(socket)
        assert hear(socket)["kind"] == "ack"
    assert ask(server, f"/durable/{name}/") == {"taken": 1, "repeats": 1, "texts": ["tea"]}
    assert "Traceback" not in server.said()


def test_a_used_ticket_stays_used_whatever_a_stranger_does(sandbox: Program) -> None:
    """Hundreds of others come and go in the half minute in which it would be good."""
    before = sandbox.said()
    reader, stranger = Visitor(sandbox.url, ORIGIN), Visitor(sandbox.url, ORIGIN)
    reader.become("alice")
    stranger.become("bob")

    def use(ticket: str) -> object:
        """Who the server takes its bearer for."""
        with dial(sandbox, f"/ws/ticket/?ticket={ticket}") as socket:
            try:
                return hear(socket)["user"]
            except ConnectionClosed as closed:
                return closed.rcvd and closed.rcvd.code

    def issue(one: Visitor) -> str:
        return str(json.loads(one.ask("POST", "/tickets/")[1])["ticket"])

    ticket = issue(reader)
    assert use(ticket) == "alice"
    for _ in range(CULLED):
        assert use(issue(stranger)) == "bob"
    assert use(ticket) == 4401
    assert "Traceback" not in sandbox.said().removeprefix(before)


def enter(server: Program, room: object, source: tuple[str, int] | None = None) -> dict[str, object]:
    """What somebody hears who enters a room, and leaves it."""
    with dial(server, f"/ws/rooms/{room}/", source_address=source) as socket:
        answer: dict[str, object] = hear(socket)
        return answer


def test_a_room_that_is_gone_stays_gone_whatever_a_stranger_does(serve_with: Serve) -> None:
    """A stranger opens rooms and leaves them until no more are to be had; the reader's are not touched by that."""
    server = serve_with(SANDBOX_ROOMS_REMEMBERED_PER_VISITOR=FEW)
    gone = ask(server, "/rooms/", "POST")["room"]
    assert "you" in enter(server, gone)
    *heard, last = (enter(server, ask(server, "/rooms/", "POST")["room"], STRANGER) for _ in range(FEW + 1))
    assert heard == [{"you": "guest 1"}] * FEW
    assert last == {"error": f"all {FEW} rooms of late from your address are taken: try again later"}
    while "you" in (answer := enter(server, gone)):
        pass  # who is quicker than the server's leave-taking is a member for a moment
    assert answer == {"error": "this room is gone: its last member has left"}
    assert "you" in enter(server, ask(server, "/rooms/", "POST")["room"])
    assert "Traceback" not in server.said()


def test_rooms_can_be_had_while_a_stranger_holds_as_many_as_they_can(serve_with: Serve) -> None:
    """A visitor's share is told to be taken; the next visitor has a room."""
    server = serve_with(SANDBOX_ROOMS_PER_VISITOR=FEW)
    with ExitStack() as sockets:
        rooms = [ask(server, "/rooms/", "POST")["room"] for _ in range(FEW + 1)]
        *_, last, one_too_many = (
            sockets.enter_context(dial(server, f"/ws/rooms/{room}/", source_address=STRANGER)) for room in rooms
        )
        assert hear(last) == {"you": "guest 1"}
        assert hear(one_too_many) == {"error": f"all {FEW} rooms from your address are taken: try again later"}
        assert "you" in enter(server, ask(server, "/rooms/", "POST")["room"])


@pytest.mark.parametrize("second_process", [False, True], ids=["here", "in another process"])
def test_a_log_out_closes_sockets_without_redis(serve_with: Serve, second_process: bool) -> None:
    """Redis is configured and away. The log-out goes through, wherever it happens, and the socket is told."""
    url = f"redis://127.0.0.1:{reserved_port()}"
    server = serve_with(REDIS_URL=url)
    other = serve_with(REDIS_URL=url, shares_with=server) if second_process else server
    alice = Visitor(server.url, ORIGIN)
    alice.become("alice")
    with dial(server, "/ws/signed-in/", alice.cookie_header()) as socket:
        assert hear(socket) == {"signed_in": "alice"}
        alice.server = other.url
        alice.become("anonymous")
        assert hear_end(socket) == (4401, "logged out")
    assert "Traceback" not in server.said()
