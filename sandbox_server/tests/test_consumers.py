"""What the page about consumers claims and no transcript can show: who waits, what never comes, what is bounded."""

import asyncio
import json
from contextlib import ExitStack
from typing import Any

import pytest
from websockets.sync.client import ClientConnection

from sandbox_server.sandboxes.four_consumers import WORK_SECONDS
from sandbox_server.sandboxes.one_at_a_time import MOST_TASKS, HearingConsumer
from sandbox_server.tests.clients import PATIENCE_SECONDS, dial, hear
from sandbox_server.tests.reader import Reader, raised
from testing.program import Program, wait_until
from testing.raw_client import RawClient

WORK_MS = WORK_SECONDS * 1000


def ask(socket: ClientConnection, handlers: Any, consumers: Any) -> None:
    socket.send(json.dumps({"handlers": handlers, "consumers": consumers}))


def test_a_handshake_that_nobody_answers_is_dropped_without_a_word(sandbox: Program) -> None:
    """No HTTP status and no line in the log: TCP just ends, after Daphne's five seconds."""
    before = sandbox.said()
    with RawClient(sandbox.url, "/ws/mistakes/forget/", answered=False) as client:
        client.socket.settimeout(PATIENCE_SECONDS)
        assert client.stream.read() == b""
    assert "Exception" not in sandbox.said().removeprefix(before)


def test_disconnect_does_not_run_after_an_exception(sandbox: Program, connections: ExitStack) -> None:
    """The observer sees connect() begin and end, the exception, and no further handler."""
    reader = Reader(sandbox, connections)
    observation = reader.observe()
    reader.dial(f"/ws/mistakes/raise-after/?observe={reader.id}")
    events = [event for event in reader.events(observation, raised) if event["lane"] == "consumer"]
    assert [event["type"] for event in events] == ["handler", "handler.end", "exception"]


@pytest.mark.parametrize(
    ("handlers", "threads", "in_turn"), [("sync", 1, True), ("async", 1, False), ("pool", 3, False)]
)
def test_three_consumers_of_each_kind(sandbox: Program, handlers: str, threads: int, in_turn: bool) -> None:
    """Sync handlers queue for one thread; async ones overlap in one; a pool has a thread for each."""
    with dial(sandbox, "/ws/four-consumers/") as socket:
        ask(socket, handlers, 3)
        measured = hear(socket)
    assert (measured["threads"], measured["one_after_the_other"]) == (threads, in_turn)
    assert measured["took_ms"] >= (3 * WORK_MS if in_turn else WORK_MS)
    assert len(measured["handlers_ms"]) == 3


def test_an_async_bystander_waits_for_sync_handlers(sandbox: Program) -> None:
    """It has nothing to do, and is answered after all of them; beside async ones it is answered first."""
    with dial(sandbox, "/ws/four-consumers/") as socket:
        ask(socket, "sync", 2)
        measured = hear(socket)
        assert measured["bystander_ms"] >= 2 * WORK_MS
        ask(socket, "async", 2)
        measured = hear(socket)
        assert measured["bystander_ms"] < measured["took_ms"]


def test_no_visitor_waits_for_another_who_measures(sandbox: Program) -> None:
    """Neither one who measures too, nor one whose sync consumer needs the process's one shared thread."""

    def overtaken() -> bool:
        with (
            dial(sandbox, "/ws/four-consumers/") as long,
            dial(sandbox, "/ws/four-consumers/") as short,
            dial(sandbox, "/ws/kinds/sync/") as sync,
        ):
            ask(long, "sync", 8)
            ask(short, "sync", 1)
            sync.send("hello")
            assert sync.recv(PATIENCE_SECONDS) == "'hello' came; on the event loop: False"
            assert hear(short)["threads"] == 1
            try:
                long.recv(0)
            except TimeoutError:
                assert hear(long)["took_ms"] >= 8 * WORK_MS
                return True
            return False

    wait_until(overtaken, "a short measurement that ends before a long one")


@pytest.mark.parametrize(
    "question",
    ["[]", "{}", "7", '{"handlers": "sync"}']
    + [f'{{"handlers": "sync", "consumers": {count}}}' for count in ("0", "9", "-1", "1e9", '"4"', "null")]
    + [f'{{"handlers": {kind}, "consumers": 1}}' for kind in ('"threads"', "[]", "{}", "null")],
)
def test_a_question_that_cannot_be_answered_is_told_its_bounds(sandbox: Program, question: str) -> None:
    """The connection stays open."""
    with dial(sandbox, "/ws/four-consumers/") as socket:
        for _ in range(2):
            socket.send(question)
            assert hear(socket) == {"error": "send handlers (sync, async or pool) and consumers (1 to 8)"}


def test_the_tasks_of_a_connection_are_bounded(sandbox: Program) -> None:
    """One message more than that is refused in words, and the others end."""
    with dial(sandbox, "/ws/one-at-a-time/at-once/") as socket:
        for number in range(MOST_TASKS + 1):
            socket.send(str(number))
        said = [socket.recv(PATIENCE_SECONDS) for _ in range(2 * MOST_TASKS + 1)]
    assert said.count(f"{MOST_TASKS} must wait: {MOST_TASKS} tasks are running") == 1
    assert sorted(said[-MOST_TASKS:]) == [f"{number} ends" for number in range(MOST_TASKS)]


def test_the_tasks_of_a_connection_end_with_it() -> None:
    """An endless loop that connect() has started is cancelled by disconnect()."""

    async def live() -> list[bool]:
        async def send(event: Any) -> None:
            pass

        consumer = HearingConsumer()
        consumer.base_send = send
        await consumer.connect()
        tasks = list(consumer.tasks)
        await asyncio.sleep(0)
        await consumer.disconnect(1001)
        await asyncio.wait(tasks, timeout=PATIENCE_SECONDS)
        return [task.cancelled() for task in tasks]

    assert asyncio.run(live()) == [True]
