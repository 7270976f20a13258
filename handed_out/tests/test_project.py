"""A project made of the copied text alone: it begins, serves, talks over each layer, and its own test passes."""

from __future__ import annotations

import pytest
from websockets.exceptions import InvalidStatus

from handed_out.nginx import in_front_of
from handed_out.reader import Reader
from handed_out.tests.clients import PATIENCE_SECONDS, dial, enter
from testing.program import Program
from testing.project import ROOT


def assert_they_hear_each_other(one: Program, another: Program) -> None:
    """Alice is at one server, Bob is at the same one or another."""
    with enter(one) as alice, enter(another) as bob:
        bob.send("hello")
        assert alice.recv(PATIENCE_SECONDS) == bob.recv(PATIENCE_SECONDS) == "hello"


@pytest.mark.parametrize("script", ["serve.sh", "develop.sh"])
def test_the_chat_works_on_each_server_that_a_page_starts(reader: Reader, script: str) -> None:
    """Daphne by itself, and Daphne as `runserver`; both check the origin."""
    reader.choose_layer("in_memory")
    with reader.serve(script) as server:
        assert_they_hear_each_other(server, server)
        with pytest.raises(InvalidStatus, match="403"), dial(server, "/ws/chat/lobby/", "http://elsewhere.example"):
            pass


def test_the_development_server_says_that_it_is_daphne(reader: Reader) -> None:
    """The words by which pages tell it from Django's own."""
    reader.choose_layer("in_memory")
    with reader.serve("develop.sh") as server:
        server.wait_until_it_says("Starting ASGI/Daphne version")


@pytest.mark.parametrize("layer", ["redis", "redis_pubsub"])
def test_over_redis_two_servers_and_a_command_share_a_room(reader: Reader, redis: str, layer: str) -> None:
    """What one says is heard at the other, and what the management command says at both."""
    reader.choose_layer(layer, redis)
    reader.copy("chat/management/commands/announce.py")
    with reader.serve() as one, reader.serve() as another:
        assert_they_hear_each_other(one, another)
        with enter(one) as alice, enter(another) as bob:
            reader.call(["python", "manage.py", "announce", "lobby", "dinner"])
            assert alice.recv(PATIENCE_SECONDS) == bob.recv(PATIENCE_SECONDS) == "dinner"


def test_in_memory_a_command_reaches_nobody(reader: Reader) -> None:
    """As the page says: without a word of warning."""
    reader.choose_layer("in_memory")
    reader.copy("chat/management/commands/announce.py")
    with reader.serve() as server, enter(server) as alice:
        assert reader.call(["python", "manage.py", "announce", "lobby", "dinner"]) == ""
        alice.send("hello")
        assert alice.recv(PATIENCE_SECONDS) == "hello"


def test_the_chat_works_behind_nginx(reader: Reader) -> None:
    reader.choose_layer("in_memory")
    with reader.serve() as server, in_front_of(server, reader) as nginx:
        assert_they_hear_each_other(nginx, nginx)


def test_the_printed_test_passes_in_the_readers_project(reader: Reader) -> None:
    """With pytest as the page configures it, and the consumer that another page prints whole."""
    reader.choose_layer("in_memory")
    reader.copy("pytest.ini")
    reader.copy("chat/test_whoami.py")
    reader.write("chat/whoami.py", (ROOT / "sandbox_server/sandboxes/whoami.py").read_text(encoding="utf-8"))
    assert "2 passed" in reader.run("test.sh")
