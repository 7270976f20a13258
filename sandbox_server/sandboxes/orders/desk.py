"""An order is a row and a message: the row for all who come later, the message for who is there now."""

from datetime import timedelta
from functools import partial
from threading import Event
from typing import Any
from weakref import WeakValueDictionary

from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.layers import get_channel_layer
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from sandbox_server.limits import ORDER_CHARACTERS, ORDER_SECONDS, ORDER_WAIT_SECONDS
from sandbox_server.sandboxes.orders.models import Order

LAYER = "rooms"
desks: WeakValueDictionary[str, Event] = WeakValueDictionary()  # who listens in this process, for as long as they do


class SoldOut(Exception):
    """There is no cake."""


class DeskConsumer(AsyncJsonWebsocketConsumer):
    """Hears of each order at its desk, and looks whether it finds it."""

    channel_layer_alias = LAYER

    async def connect(self) -> None:
        self.desk, self.looked = self.scope["url_route"]["kwargs"]["desk"], Event()
        desks[self.desk] = self.looked
        await self.channel_layer.group_add(f"orders.{self.desk}", self.channel_name)
        await self.accept()

    async def order_placed(self, event: dict[str, Any]) -> None:
        found = await Order.objects.filter(pk=event["order"]).aexists()
        self.looked.set()
        await self.send_json({"order": event["what"], "in_the_database": found})

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        """Whatever is said: what has been ordered here."""
        orders = await orders_at(self.desk)
        await self.send_json({"orders": [order.what for order in orders]})

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(f"orders.{self.desk}", self.channel_name)


@database_sync_to_async
def orders_at(desk: str) -> list[Order]:
    return list(Order.objects.filter(desk=desk).order_by("pk"))


def place(request: HttpRequest, desk: str) -> Order:
    """The row. Old ones go, so that nothing is kept for longer than a visit."""
    Order.objects.filter(placed__lt=now() - timedelta(seconds=ORDER_SECONDS)).delete()
    what = request.body.decode(errors="replace")[:ORDER_CHARACTERS]
    return Order.objects.create(desk=desk, what=what)


def tell(order: Order) -> None:
    """The message."""
    layer: Any = get_channel_layer(LAYER)
    event = {"type": "order.placed", "order": order.pk, "what": order.what}
    async_to_sync(layer.group_send)(f"orders.{order.desk}", event)


# --8<-- [start:order]
@require_POST
def order(request: HttpRequest, desk: str) -> JsonResponse:
    try:
        with transaction.atomic():
            order = place(request, desk)
            transaction.on_commit(partial(tell, order), robust=True)
            if order.what == "cake":
                raise SoldOut  # which rolls back what has been written
    except SoldOut:
        return JsonResponse({"sold_out": order.what}, status=409)
    return JsonResponse({"placed": order.what})


# --8<-- [end:order]


# --8<-- [start:too-early]
@require_POST
def order_too_early(request: HttpRequest, desk: str) -> JsonResponse:
    if (looked := desks.get(desk)) is None:
        return JsonResponse({"error": "nobody is at that desk"}, status=404)
    looked.clear()
    with transaction.atomic():
        order = place(request, desk)
        tell(order)
        looked.wait(ORDER_WAIT_SECONDS)  # what else the transaction does: it takes until the desk has looked
    return JsonResponse({"placed": order.what})


# --8<-- [end:too-early]
