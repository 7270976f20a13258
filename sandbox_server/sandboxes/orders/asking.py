"""Ways to ask a database, and the thread and the connection that each of them takes."""

import json
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer, WebsocketConsumer
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from sandbox_server.sandboxes.orders.models import Order
from sandbox_server.sandboxes.orders.witness import Compared, witnessed


def count_twice() -> None:
    Order.objects.count()
    Order.objects.count()


class AskingConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self) -> None:
        self.compared = Compared()
        await self.accept()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        """The message says in which way to ask."""
        with witnessed() as queries:
            match text_data:
                case "await Order.objects.acount()":
                    await Order.objects.acount()
                case "await database_sync_to_async(count_twice)()":
                    await database_sync_to_async(count_twice)()
                case "Order.objects.count()":
                    Order.objects.count()  # in `async def`, without `await`: Django does not let it through
        await self.send_json({"queries": self.compared(queries)})


class SyncAskingConsumer(WebsocketConsumer):
    def connect(self) -> None:
        self.compared = Compared()
        self.accept()

    def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        with witnessed() as queries:
            Order.objects.count()
        self.send(json.dumps({"queries": self.compared(queries)}))


@require_GET
def asking(request: HttpRequest) -> JsonResponse:
    """A view, `def`."""
    with witnessed() as queries:
        count_twice()
    return JsonResponse({"queries": Compared()(queries)})
