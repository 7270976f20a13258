"""The tests that a page runs: what its transcripts do not show of their runner."""

from __future__ import annotations

import asyncio
import json
from contextlib import ExitStack
from typing import Any

import pytest

from sandbox_server import limits
from sandbox_server.tests.conversation import SECONDS, open_

pytestmark = pytest.mark.usefixtures("project")

SOMEBODY, ANOTHER = "192.0.2.1", "2001:db8::1"


async def ask(name: str | None = None) -> Any:
    """What somebody is told who has tests run."""
    from sandbox_server.sandboxes.club.runner import RunTests  # once Django has been set up

    kwargs = {"name": name} if name else {}
    conversation = open_(RunTests.as_asgi(), client=[SOMEBODY, 1], url_route={"args": (), "kwargs": kwargs})
    answer = json.loads(await conversation.hear())
    await conversation.finish()
    return answer


@pytest.mark.parametrize(
    ("whose", "places", "told"),
    [
        ("", limits.TEST_RUNS, "20 test runs are waiting: try again in a second"),
        (SOMEBODY, limits.TEST_RUNS_PER_VISITOR, "10 test runs from your address are waiting: try again in a second"),
    ],
)
def test_one_run_too_many_is_told_so(whose: str, places: int, told: str) -> None:
    """Whether the places are others', or the visitor's own; and with one place less there is a run."""
    from sandbox_server.sandboxes.club.runner import runs

    visitors = [whose or f"visitor {number}" for number in range(places)]
    with ExitStack() as taken:
        for visitor in visitors:
            taken.enter_context(runs.admit(visitor))
        assert asyncio.run(ask()) == {"error": told}
        runs.leave(visitors[0])
        assert "passed" in asyncio.run(ask("test_a_stranger_is_refused"))
        runs.enter(visitors[0])


def test_a_name_that_no_test_has_is_told_so() -> None:
    """Nothing else of these modules is called."""
    assert asyncio.run(ask("member")) == {"error": "no test has that name"}


def test_an_assertion_that_fails_is_told_with_its_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """As pytest does, whose rewriting of `assert` is not there."""
    from sandbox_server.sandboxes.club import consumers, runner, tests

    async def shout(self: Any, event: dict[str, Any]) -> None:
        await self.send_json({"by": event["by"], "text": event["text"].upper()})

    monkeypatch.setattr(consumers.ClubConsumer, "club_said", shout)
    with pytest.raises(AssertionError) as caught:
        asyncio.run(tests.test_all_at_a_table_hear())
    assert runner.place_of(caught.value) == 'assert heard == {"by": "ada", "text": "hello"}'
    assert runner.values_in(caught.value) == {"values": {"heard": "{'by': 'ada', 'text': 'HELLO'}"}}


def test_what_was_patched_meanwhile_is_as_before() -> None:
    """Runs wait for each other, so that each finds Channels as it is, and leaves it so."""
    from channels import db
    from django.db import close_old_connections

    async def several() -> list[Any]:
        return await asyncio.wait_for(asyncio.gather(*(ask("test_no_other_table_hears") for _ in range(4))), SECONDS)

    assert all("passed" in answer for answer in asyncio.run(several()))
    assert vars(db)["close_old_connections"] is close_old_connections
