"""The smallest chat on this server, and the names of its rooms. In a reader's project: handed_out/tests."""

import json

from live_docs.player.visitor import Visitor
from sandbox_server.tests.clients import PATIENCE_SECONDS, dial
from testing.program import Program
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
