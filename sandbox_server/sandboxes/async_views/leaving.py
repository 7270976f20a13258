"""Views whose visitor leaves while they wait."""

import asyncio
import time

from django.http import HttpRequest, HttpResponse

from sandbox_server.sandboxes.async_views.outliving import keep
from sandbox_server.sandboxes.async_views.witness import note


async def waits(request: HttpRequest) -> HttpResponse:
    try:
        note("the view waits")
        await asyncio.sleep(0.2)
        note("the view goes on")
    except asyncio.CancelledError:
        note("CancelledError")
        raise
    finally:
        note("the view tidies up")
    return HttpResponse("done")


def waits_sync(request: HttpRequest) -> HttpResponse:
    note("the view waits")
    time.sleep(0.2)
    note("the view goes on")
    return HttpResponse("done")


async def pay() -> None:
    note("the money is taken")
    note("the view waits")
    await asyncio.sleep(0.1)
    note("the order is written down")  # whoever has paid has to have an order


async def paid(request: HttpRequest) -> HttpResponse:
    payment = keep(asyncio.create_task(pay()))
    await asyncio.shield(payment)
    return HttpResponse("thank you")
