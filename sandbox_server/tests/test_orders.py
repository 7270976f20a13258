"""Orders in a database: what their transcripts do not show of who waits, what is kept, and what stays open."""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import ExitStack, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import RequestFactory

from live_docs.player.visitor import Visitor
from sandbox_server import limits
from sandbox_server.tests.clients import dial, hear
from sandbox_server.tests.conversation import open_
from testing.program import Program, wait_until
from testing.project import ORIGIN

SOMEBODY = "192.0.2.1"


async def ask_in_threads() -> str:
    """What somebody is told who has four threads ask."""
    from sandbox_server.sandboxes.orders.threads import ThreadsConsumer  # once Django has been set up

    conversation = open_(ThreadsConsumer.as_asgi(), client=[SOMEBODY, 1])
    answer = await conversation.ask("sync_to_async")
    await conversation.finish()
    return str(answer)


@pytest.mark.parametrize(
    ("whose", "places", "told"),
    [
        ("", limits.ORDER_POOLS, "10 pools are at work: try again in a second"),
        (SOMEBODY, limits.ORDER_POOLS_PER_VISITOR, "5 pools from your address are at work: try again in a second"),
    ],
)
def test_one_pool_too_many_is_told_so(tables: None, whose: str, places: int, told: str) -> None:
    """Whether the places are others', or the visitor's own; and with one place less there is a pool."""
    from sandbox_server.sandboxes.orders.threads import pools

    visitors = [whose or f"visitor {number}" for number in range(places)]
    with ExitStack() as taken:
        for visitor in visitors:
            taken.enter_context(pools.admit(visitor))
        assert json.loads(asyncio.run(ask_in_threads())) == {"error": told}
        pools.leave(visitors[0])
        assert json.loads(asyncio.run(ask_in_threads())) == {"threads": 4, "connections_still_open": 4}
        pools.enter(visitors[0])


def test_an_order_goes_with_one_that_comes_a_minute_later(tables: None) -> None:
    """Whoever's it is; so the table holds what has been written within a minute."""
    from django.utils.timezone import now

    from sandbox_server.sandboxes.orders.desk import place
    from sandbox_server.sandboxes.orders.models import Order

    request = RequestFactory().post("/orders/oak/", "x" * 80, content_type="text/plain")
    old, young = place(request, "oak"), place(request, "ash")
    assert len(old.what) == limits.ORDER_CHARACTERS
    long_ago = now() - timedelta(seconds=limits.ORDER_SECONDS + 1)
    Order.objects.filter(pk=old.pk).update(placed=long_ago)
    place(request, "elm")
    assert not Order.objects.filter(pk=old.pk).exists()
    assert Order.objects.filter(pk=young.pk).exists()


def new_desk(visitor: Visitor) -> str:
    return str(json.loads(visitor.ask("GET", "/names/")[1])["name"])


def test_no_transaction_waits_for_a_desk_where_nobody_is(sandbox: Program) -> None:
    """It would keep everybody else from writing meanwhile. Nor is there an order of it."""
    visitor = Visitor(sandbox.url, ORIGIN)
    status, body = visitor.ask("POST", f"/orders/too-early/{new_desk(visitor)}/", "tea")
    assert (status, json.loads(body)) == (404, {"error": "nobody is at that desk"})


def test_one_desk_hears_nothing_of_another(sandbox: Program) -> None:
    """Nor does it find the other's orders in its list."""
    visitor = Visitor(sandbox.url, ORIGIN)
    desk, other = new_desk(visitor), new_desk(visitor)
    with dial(sandbox, f"/ws/orders/{desk}/") as mine, dial(sandbox, f"/ws/orders/{other}/") as theirs:
        assert visitor.ask("POST", f"/orders/{desk}/", "tea")[0] == 200
        assert hear(mine) == {"order": "tea", "in_the_database": True}
        theirs.send("what is there?")
        assert hear(theirs) == {"orders": []}


def test_what_is_shown_to_stay_open_is_closed_afterwards(sandbox: Program) -> None:
    """In the process of the server, where each connection to SQLite is a file."""

    def connections() -> int:
        count = 0
        for file in Path(f"/proc/{sandbox.process.pid}/fd").iterdir():
            with suppress(FileNotFoundError):  # it was closed while we looked
                count += ".sqlite3" in os.readlink(file)
        return count

    before = connections()
    with dial(sandbox, "/ws/orders/threads/") as socket:
        for _ in range(3):
            socket.send("sync_to_async")
            assert hear(socket) == {"threads": 4, "connections_still_open": 4}
    with dial(sandbox, "/ws/orders/night/") as socket:
        assert [hear(socket)["when"] for _ in range(4)][-1] == "after aclose_old_connections()"
    wait_until(lambda: connections() <= before + 1, f"{before} connections, and that of the consumers")
