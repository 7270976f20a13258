"""Four threads that each ask the database once, and what is open after that."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.db import connection

from sandbox_server.guards.admission import Admission, Full, visitor_of
from sandbox_server.limits import ORDER_POOLS, ORDER_POOLS_PER_VISITOR, ORDER_WAIT_SECONDS
from sandbox_server.sandboxes.orders.models import Order

THREADS = 4
pools = Admission("pools", total=ORDER_POOLS, per_visitor=ORDER_POOLS_PER_VISITOR)


def ask(all_have_asked: Barrier) -> None:
    """One query. No thread is done before all have asked, so that each has."""
    Order.objects.count()
    all_have_asked.wait(ORDER_WAIT_SECONDS)


def look(all_look: Barrier) -> bool:
    """Whether this thread has a connection. It is closed then: this demonstration leaves none behind."""
    all_look.wait(ORDER_WAIT_SECONDS)
    is_open = connection.connection is not None
    connection.close()
    return is_open


class ThreadsConsumer(AsyncJsonWebsocketConsumer):
    """The message names what carries the query into a thread."""

    ways = {"sync_to_async": sync_to_async, "database_sync_to_async": database_sync_to_async}

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        way = self.ways.get(text_data or "")
        if way is None:
            await self.send_json({"error": f"send {' or '.join(self.ways)}"})
            return
        try:
            with pools.admit(visitor_of(self.scope)), ThreadPoolExecutor(THREADS) as pool:
                await self.in_each_thread(pool, way, ask)
                still_open = await self.in_each_thread(pool, sync_to_async, look)
        except Full as full:
            await self.send_json({"error": f"{full} are at work: try again in a second"})
        else:
            await self.send_json({"threads": THREADS, "connections_still_open": sum(still_open)})

    async def in_each_thread(self, pool: ThreadPoolExecutor, way: Any, function: Any) -> list[Any]:
        together = Barrier(THREADS)
        carried = way(function, thread_sensitive=False, executor=pool)
        return await asyncio.gather(*(carried(together) for _ in range(THREADS)))
