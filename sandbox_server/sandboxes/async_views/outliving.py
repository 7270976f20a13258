"""Tasks that a view starts and does not wait for."""

import asyncio
from typing import Any

from django.http import HttpRequest, HttpResponse

from sandbox_server.sandboxes.async_views.witness import note

running: set[asyncio.Task[Any]] = set()  # the event loop itself holds its tasks weakly


def keep(task: asyncio.Task[Any]) -> asyncio.Task[Any]:
    """Hold a task until it has ended, and look at how it ended."""
    note("a task is started")
    running.add(task)
    task.add_done_callback(ended)
    return task


def ended(task: asyncio.Task[Any]) -> None:
    running.discard(task)
    if task.cancelled():
        note("the task was cancelled")
    elif error := task.exception():
        note(f"the task failed: {error!r}")  # in your project: logger.error("a task failed", exc_info=error)
    note("the task is over")


async def write_a_letter() -> None:
    note("the letter is begun")
    await asyncio.sleep(0.1)
    note("the letter is written")


async def works(request: HttpRequest) -> HttpResponse:
    keep(asyncio.create_task(write_a_letter()))
    return HttpResponse("we will write to you")


async def divide() -> None:
    print(1 / 0)


async def fails(request: HttpRequest) -> HttpResponse:
    keep(asyncio.create_task(divide()))
    return HttpResponse("we will write to you")
