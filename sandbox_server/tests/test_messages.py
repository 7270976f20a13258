"""The guard that counts messages, by itself, by a clock that the test turns."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from sandbox_server import token_bucket
from sandbox_server.guards import messages

BURST = 4


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, to be set."""
    clock = [1000.0]
    monkeypatch.setattr(token_bucket.TokenBucket.__init__, "__defaults__", (lambda: clock[0],))
    monkeypatch.setattr(messages, "MESSAGES_PER_SECOND", 1.0)
    monkeypatch.setattr(messages, "BURST_MESSAGES", BURST)
    monkeypatch.setattr(messages, "MESSAGES_AFTER_WARNING", BURST)
    return clock


def test_who_slows_down_after_the_warning_is_only_warned_again(now: list[float]) -> None:
    """What is said meanwhile is heard; whoever goes on is closed after as many as it was warned after."""
    sent: list[dict[str, Any]] = []
    waiting: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(event: dict[str, Any]) -> None:
        sent.append(event)

    async def scenario() -> None:
        counted = messages.Counted(token_bucket.TokenBucket(1e6, 10**6), receive, send)

        async def say(count: int) -> list[str]:
            waiting.extend({"type": "websocket.receive", "text": "x"} for _ in range(count))
            return [(await counted())["type"] for _ in range(count)]

        for round_ in range(1, 4):
            assert await say(BURST + 2) == ["websocket.receive"] * (BURST + 2)
            assert [json.loads(event["text"])["kind"] for event in sent] == ["error"] * round_
            now[0] += BURST
        assert await say(BURST + BURST - 1) == ["websocket.receive"] * (BURST + BURST - 1)
        waiting.extend([{"type": "websocket.receive", "text": "x"}] * 100 + [{"type": "websocket.disconnect"}])
        assert await counted() == {"type": "websocket.disconnect"}
        assert sent[-1] == {"type": "websocket.close", "code": 4429, "reason": "try again in 5 s", "listen": False}
        assert not waiting

    asyncio.run(scenario())


def test_what_is_no_message_is_not_counted(now: list[float]) -> None:
    """The beginning and the end of a connection."""

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.disconnect"}

    async def scenario() -> None:
        counted = messages.Counted(token_bucket.TokenBucket(1e6, 10**6), receive, None)
        for _ in range(BURST * 3):
            assert (await counted())["type"] == "websocket.disconnect"

    asyncio.run(scenario())
