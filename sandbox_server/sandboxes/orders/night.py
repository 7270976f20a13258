"""A consumer that works by itself for hours, and a database that ends its connection in the meantime."""

from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from channels.db import aclose_old_connections
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.db import Error, connection

from sandbox_server.sandboxes.orders.models import Order
from sandbox_server.sandboxes.orders.witness import Compared, witnessed

database: Any = connection


@sync_to_async
def end_the_connection() -> None:
    """As a server does that ends whoever has been silent: beneath Django, which knows nothing of it."""
    database.connection.close()


@sync_to_async
def close() -> None:
    """Not `sync_to_async(connection.close)()`: that takes the connection of the thread in which it is written."""
    connection.close()


class NightConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self) -> None:
        self.compared = Compared()
        await self.accept()
        if database.vendor == "sqlite" and database.is_in_memory_db():
            await self.send_json({"error": "a database in memory ends with its connection"})
            return
        # A thread of its own. In the one that all share, each message of anybody's would have Channels look after it.
        async with ThreadSensitiveContext():
            try:
                await self.work()
            finally:
                await close()
        await self.close()

    async def work(self) -> None:
        """Usually `while True`, with hours in between."""
        await self.look("in the evening")
        await end_the_connection()
        await self.look("at night")
        await self.look("a minute later")
        await aclose_old_connections()
        await self.look("after aclose_old_connections()")

    async def look(self, when: str) -> None:
        with witnessed() as queries:
            try:
                await Order.objects.acount()
            except Error as error:
                await self.send_json({"when": when, "error": f"{type(error).__name__}: {error}"})
            else:
                await self.send_json({"when": when, "connection": self.compared(queries)[0]["connection"]})
