"""Sync code in threads: two that wait for each other in the one of their request, and code that goes there and back."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError

from asgiref.sync import async_to_sync, sync_to_async
from django.http import HttpRequest, HttpResponse

from sandbox_server.sandboxes.async_views.witness import note, where


def wait_for_the_other(meeting: Barrier, seconds: float) -> bool:
    """Whether the other has come. Without a limit it would wait for ever."""
    try:
        meeting.wait(seconds)
    except BrokenBarrierError:
        return False
    return True


# --8<-- [start:both-wait]
async def both_wait(request: HttpRequest) -> HttpResponse:
    wait = sync_to_async(wait_for_the_other)  # thread_sensitive=True is the default
    meeting = Barrier(2)
    met = await asyncio.gather(wait(meeting, 0.1), wait(meeting, 0.1))
    note(f"both have met: {all(met)}")
    return HttpResponse("done")


async def both_wait_in_pool(request: HttpRequest) -> HttpResponse:
    meeting = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        wait = sync_to_async(wait_for_the_other, thread_sensitive=False, executor=pool)
        met = await asyncio.gather(wait(meeting, 2), wait(meeting, 2))
    note(f"both have met: {all(met)}")
    return HttpResponse("done")


# --8<-- [end:both-wait]


# --8<-- [start:nested]
def nested(request: HttpRequest) -> HttpResponse:
    note(f"the view, {where()}")
    async_to_sync(in_between)()
    return HttpResponse("done")


async def in_between() -> None:
    note(f"async_to_sync, {where()}")
    await asyncio.create_task(innermost())


async def innermost() -> None:
    await sync_to_async(lambda: note(f"sync_to_async, {where()}"))()


# --8<-- [end:nested]
