"""The vote: counted for each connection."""

from __future__ import annotations

from sandbox_server.tests.clients import dial, hear
from testing.program import Program


def test_a_vote_is_counted_for_its_connection_alone(sandbox: Program) -> None:
    """Two voters, two tallies; what the server says carries its kind."""
    with dial(sandbox, "/ws/vote/") as one, dial(sandbox, "/ws/vote/") as other:
        for socket in (one, one, other):
            socket.send('{"kind": "vote", "choice": "tea"}')
        assert hear(one) == {"kind": "tally", "votes": {"tea": 1, "coffee": 0}}
        assert hear(one) == {"kind": "tally", "votes": {"tea": 2, "coffee": 0}}
        assert hear(other) == {"kind": "tally", "votes": {"tea": 1, "coffee": 0}}
        one.send('{"kind": "vote", "choice": "cocoa"}')
        assert hear(one)["error"] == "choice: tea or coffee"
