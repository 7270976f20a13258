"""The smallest chat on this server, and the names of its rooms. In a reader's project: handed_out/tests."""

import json
from contextlib import ExitStack, suppress

from websockets.exceptions import ConnectionClosed

from live_docs.player.visitor import Visitor
from sandbox_server import limits
from sandbox_server.tests.clients import PATIENCE_SECONDS, dial, hear_end
from testing.program import Program, wait_until
from testing.project import ORIGIN


def new_room(sandbox: Program) -> str:
    """The path of a chat that nobody else has."""
    name = json.loads(Visitor(sandbox.url, ORIGIN).ask("GET", "/names/", None)[1])["name"]
    return f"/ws/chat/{name}/"


def test_who_has_the_name_hears_the_chat_and_nobody_else_does(sandbox: Program) -> None:
    """An empty message and bytes go to nobody, a long one is cut, and the chat goes on."""
    path = new_room(sandbox)
    with dial(sandbox, path) as alice, dial(sandbox, path) as bob, dial(sandbox, new_room(sandbox)) as stranger:
        alice.send("")
        alice.send(b"bytes")
        alice.send("x" * 501)
        assert alice.recv(PATIENCE_SECONDS) == bob.recv(PATIENCE_SECONDS) == "x" * 500
        stranger.send("mine")
        assert stranger.recv(PATIENCE_SECONDS) == "mine"


def test_a_chat_takes_so_many_members(sandbox: Program) -> None:
    """One more is told; when one has left there is a place."""
    path = new_room(sandbox)
    with ExitStack() as sockets:
        first, *_ = (sockets.enter_context(dial(sandbox, path)) for _ in range(limits.CHAT_MEMBERS))
        with dial(sandbox, path) as one_too_many:
            assert one_too_many.recv(PATIENCE_SECONDS) == "this chat is full: 20 are in it"
            assert hear_end(one_too_many) == (4003, "full: try again later")
        first.close()

        def takes_one() -> bool:
            with dial(sandbox, path) as newcomer:
                with suppress(ConnectionClosed):
                    newcomer.send("hello")
                return newcomer.recv(PATIENCE_SECONDS) == "hello"

        wait_until(takes_one, "a place")
