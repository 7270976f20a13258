"""Who is there: what the page's transcripts do not show of its two registers."""

from __future__ import annotations

import json
from contextlib import ExitStack

import pytest

from live_docs.player.visitor import Visitor
from sandbox_server import limits
from sandbox_server.sandboxes import presence
from sandbox_server.tests.clients import dial, hear, hear_end
from testing.program import Program, wait_until
from testing.project import ORIGIN


def new_room(sandbox: Program) -> str:
    name = json.loads(Visitor(sandbox.url, ORIGIN).ask("GET", "/names/", None)[1])["name"]
    return f"/ws/presence/{name}"


def test_a_register_takes_so_many_connections_and_names(sandbox: Program) -> None:
    """Those that crash leave a name in the set, and count; a long name is cut; bytes are a beat as well."""
    room = new_room(sandbox)
    with dial(sandbox, f"{room}/{'x' * 50}/") as stays:
        assert hear(stays)["set"] == "x" * limits.PRESENCE_CHARACTERS
        for number in range(1, limits.PRESENCE_MEMBERS):
            with dial(sandbox, f"{room}/ghost-{number}/") as ghost:
                ghost.send("crash")
                assert hear(ghost)["set"].count("ghost") == number
                assert hear_end(ghost)[0] == 1011
        with dial(sandbox, f"{room}/late/") as late:
            assert hear_end(late) == (4003, "full: try again later")
        stays.send(b"\x00")
        assert "late" not in hear(stays)["set"]


def test_a_room_is_forgotten_with_its_last_connection(sandbox: Program) -> None:
    """Its ghosts, too: whoever opens it again is alone."""
    room = new_room(sandbox)

    def is_alone() -> bool:
        with dial(sandbox, f"{room}/alice/") as alice:
            return bool(hear(alice)["set"] == "alice")

    with dial(sandbox, f"{room}/bob/") as bob:
        hear(bob)
        bob.send("crash")
        assert hear_end(bob)[0] == 1011
    wait_until(is_alone, "an empty room")


def test_rooms_know_nothing_of_each_other(sandbox: Program) -> None:
    """And a name that somebody made up opens none."""
    with ExitStack() as sockets:
        one, other = (sockets.enter_context(dial(sandbox, f"{new_room(sandbox)}/{name}/")) for name in ("one", "other"))
        assert hear(one)["set"] == "one"
        assert hear(other) == {"set": "other", "heard": "other"}


def test_somebody_is_there_until_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """To the moment, by a clock that the test turns; of two connections one is enough."""
    now = 1000.0
    monkeypatch.setattr(presence, "monotonic", lambda: now)
    register = presence.Register()
    register.beat("first", "ada")
    now += 1
    register.beat("second", "ada")
    now += 1
    assert register.present() == {"ada"}
    assert list(register.heard) == ["second"]
    now += 1
    assert register.present() == set()
