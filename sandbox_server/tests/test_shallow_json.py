"""JSON that is nested too deep: an error message, wherever Channels would read it, and the connection goes on."""

from __future__ import annotations

import json

import pytest

from sandbox_server.consumer_mixins.shallow_json import is_deep
from sandbox_server.tests.clients import PATIENCE_SECONDS, dial, hear
from sandbox_server.tests.undisturbed import undisturbed
from testing.program import Program

DEEP = ["[" * 60_000, '{"a":' * 10_000, "[" * 21 + "]" * 21, '["' + "[" * 9 + '", ' + "[" * 20]
SHALLOW = [
    "[" * 20 + "]" * 20,
    "[" + "[]," * 99 + "1]",
    json.dumps({"[" * 99: "{" * 99 + '\\"'}),
    '"' + '\\"[' * 20_000,
]


@pytest.mark.parametrize("words", DEEP, ids=lambda words: words[:30])
@pytest.mark.parametrize("path", ["/ws/life/counter/", "/ws/four-consumers/", "/ws/vote/", "/ws/race/", "/ws/raw/"])
def test_it_is_answered_with_an_error_message(sandbox: Program, path: str, words: str) -> None:
    """By the house, or by a consumer that reads for itself."""
    with undisturbed(sandbox), dial(sandbox, path) as socket:
        for _ in range(2):
            socket.send(words)
            assert "error" in hear(socket)


@pytest.mark.parametrize("words", SHALLOW, ids=lambda words: words[:30])
def test_what_is_not_nested_that_deep_is_read(words: str) -> None:
    """Brackets within strings are no levels, nor those that have been closed."""
    assert not is_deep(words)


def test_a_consumer_counts_on_after_it(sandbox: Program) -> None:
    """It never heard of it; what is no JSON to a consumer, such as an echo, is none of this concern."""
    with dial(sandbox, "/ws/life/counter/") as socket:
        for words in ("[" * 21, SHALLOW[0]):
            socket.send(words)
        assert "error" in hear(socket)
        assert hear(socket)["count"] == 1
    with dial(sandbox, "/ws/echo/") as socket:
        socket.send("[" * 99)
        assert socket.recv(PATIENCE_SECONDS) == "[" * 99
