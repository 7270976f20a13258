"""The log of the page on debugging: who reads it, and what a trace does with an exception."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from websockets.sync.client import ClientConnection

from sandbox_server.tests.clients import PATIENCE_SECONDS, dial
from testing.program import Program


def hear_text(socket: ClientConnection) -> str:
    return str(socket.recv(PATIENCE_SECONDS))


def test_one_log_is_told_nothing_of_anothers_connections(sandbox: Program) -> None:
    """And each has a name of its own, which nobody can guess."""
    with dial(sandbox, "/ws/told/") as mine, dial(sandbox, "/ws/told/") as theirs:
        name, other = (hear_text(log).removeprefix("the log ") for log in (mine, theirs))
        assert name != other
        assert len(name) == 32
        for log in (other, name):
            with dial(sandbox, f"/ws/told/{log}/silent/"):
                pass
        assert hear_text(mine) == hear_text(theirs) == "receive websocket.connect"


def test_a_log_that_nobody_reads_changes_nothing(sandbox: Program) -> None:
    """Nor does a name that nobody was given."""
    with dial(sandbox, "/ws/told/nobody/falling/") as socket:
        socket.send('{"say": "hello"}')
        assert hear_text(socket) == "hello"


@pytest.mark.parametrize("raised", [LookupError("why"), asyncio.CancelledError()])
def test_a_trace_tells_of_what_was_raised_and_lets_it_pass(
    project: None, raised: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    """Of an end by cancellation, too. The server answers an exception that reaches it."""
    from sandbox_server.sandboxes.told.trace import LETTERS, Trace

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "websocket.send", "text": "x" * 2 * LETTERS, "bytes": None})
        raise raised

    sent: list[Any] = []

    async def send(event: Any) -> None:
        sent.append(event)

    caplog.set_level("INFO", logger="trace")
    with pytest.raises(type(raised)):
        asyncio.run(Trace(application)({"type": "websocket", "path": "/ws/"}, None, send))
    assert [len(event["text"]) for event in sent] == [2 * LETTERS]
    first, last = (record.getMessage() for record in caplog.records)
    assert first.startswith("websocket /ws/ send websocket.send {'text': 'xxx")
    assert len(first) == len("websocket /ws/ ") + LETTERS
    assert last == f"websocket /ws/ raised {raised!r}"
