"""Threads where there are none: whatever asks for one gets its work done here, now, on the page's only thread.

- What `sync_to_async`, `asyncio.to_thread` and `run_in_executor` hand to a thread runs at once. While it runs there is
  no event loop to be seen, as in a thread: Django's guard against queries in async code asks for one.
- `async_to_sync` waits for real where the browser can (JSPI: WebAssembly's stack is put aside, and the loop goes on).
  Where it cannot, it runs what needs no waiting, and says why of anything else.

So while synchronous code is busy all else waits, async consumers too. On a server with threads they would not.
"""

from __future__ import annotations

import asyncio
import sys
import time
from asyncio import tasks
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from asgiref.sync import AsyncToSync
from pyodide import webloop
from pyodide.ffi import can_run_sync, run_sync

SAME_THREAD = (
    "You cannot use AsyncToSync in the same thread as an async event loop - "
    "just await the async function directly."
)  # asgiref's own words, for the mistake that it finds

CANNOT_WAIT = (
    "async_to_sync() has to wait here, and this browser cannot: its WebAssembly has no JSPI, which Chrome has from "
    "version 137, Firefox from 153 and Safari from 27. Make the handler `async def` and await instead"
)


class Always:
    """Whoever asks asgiref for this thread's executor gets one, and so makes none. `run_in_executor` looks at none."""

    current: object = "this thread"

    def __setattr__(self, name: str, value: object) -> None:
        """A context that brings an executor of its own changes nothing."""


def install() -> None:
    """Put these in the place of what would start a thread, or wait for one."""
    webloop.WebLoop.run_in_executor = run_in_executor
    time.sleep = webloop._orig_sleep  # Pyodide's own runs other tasks meanwhile, which a thread that sleeps does not
    AsyncToSync.__call__ = call  # type: ignore[method-assign]
    AsyncToSync.executors = Always()  # type: ignore[assignment]
    # anyio imports this with itself, and it imports what there is not here: further interpreters in one process.
    sys.modules["anyio.to_interpreter"] = ModuleType("anyio.to_interpreter")


@contextmanager
def as_in_a_thread() -> Iterator[None]:
    """No event loop runs here, as far as anybody can tell."""
    loop = asyncio._get_running_loop()
    task = tasks._swap_current_task(loop, None) if loop else None  # type: ignore[attr-defined]
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(loop)
        if loop:
            tasks._swap_current_task(loop, task)  # type: ignore[attr-defined]


def run_in_executor(self: Any, executor: Any, function: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:
    """A loop's: the result is there already when this returns. A pool that somebody has made would start threads of its
    own: it says itself that it cannot.
    """
    if isinstance(executor, Executor):
        return asyncio.wrap_future(executor.submit(function, *args), loop=self)
    future = self.create_future()
    try:
        with as_in_a_thread():
            result = function(*args)
    except BaseException as error:
        future.set_exception(error)
    else:
        future.set_result(result)
    return future  # type: ignore[no-any-return]


def call(self: Any, *args: Any, **kwargs: Any) -> Any:
    """AsyncToSync's: run the coroutine from synchronous code, and return what it returns."""
    if asyncio._get_running_loop() is not None:
        raise RuntimeError(SAME_THREAD)
    awaitable = self.awaitable(*args, **kwargs)
    return wait_for(awaitable) if can_run_sync() else run_at_once(awaitable)


def wait_for(awaitable: Awaitable[Any]) -> Any:
    """Put this stack aside until the awaitable is done; its exception comes back as it was raised."""
    outcome: Future[Any] = Future()

    async def run() -> None:
        try:
            outcome.set_result(await awaitable)
        except BaseException as error:
            outcome.set_exception(error)

    run_sync(run())
    return outcome.result()


def run_at_once(awaitable: Awaitable[Any]) -> Any:
    """Run what needs no waiting to its end."""

    async def run() -> Any:
        return await awaitable

    coroutine = run()
    asyncio._set_running_loop(asyncio.get_event_loop_policy().get_event_loop())
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    finally:
        asyncio._set_running_loop(None)
    coroutine.close()
    raise RuntimeError(CANNOT_WAIT)
