"""Several requests for one view at once, and how many threads stand and wait for it meanwhile."""

import asyncio
import sys
from contextvars import ContextVar
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from sandbox_server.limits import ASYNC_VIEW_SECONDS, ASYNC_VIEWS_CROWD
from sandbox_server.sandboxes.async_views.witness import admitted, call, notes


class Meeting:
    """The views of a crowd, and whoever looks at them while they are there."""

    def __init__(self) -> None:
        self.all_are_here = asyncio.Barrier(ASYNC_VIEWS_CROWD + 1)
        self.is_over = asyncio.Event()
        self.threads: set[int] = set()

    async def look(self) -> int:
        await self.all_are_here.wait()
        waiting = sum(stands_in_async_to_sync(thread) for thread in self.threads)
        self.is_over.set()
        return waiting


meeting: ContextVar[Meeting | None] = ContextVar("meeting", default=None)


async def meet(request: HttpRequest) -> HttpResponse:
    """An async view that takes its time: until all have come, and have been looked at."""
    if (here := meeting.get()) is None:
        raise Http404
    here.threads |= notes.get().threads
    await here.all_are_here.wait()
    await here.is_over.wait()
    return HttpResponse("done")


def stands_in_async_to_sync(thread: int) -> bool:
    """Whether a thread has called async code, and can do nothing else until that is done."""
    frame = sys._current_frames().get(thread)
    while frame is not None and frame.f_code.co_qualname != "AsyncToSync.__call__":
        frame = frame.f_back
    return frame is not None


def crowd(application: Any) -> Any:
    async def serve(scope: Any) -> dict[str, int]:
        meeting.set(here := Meeting())
        asked = {**scope, "path": scope["path"].replace("/crowd/", "/meet/")}
        async with asyncio.timeout(ASYNC_VIEW_SECONDS), asyncio.TaskGroup() as tasks:
            for _ in range(ASYNC_VIEWS_CROWD):
                tasks.create_task(call(application, asked))
            waiting = await here.look()
        return {"requests": ASYNC_VIEWS_CROWD, "threads_that_wait": waiting}

    return admitted(serve)
