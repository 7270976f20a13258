"""An ASGI application that waits in one of three ways, and a server that calls it on one event loop of its own."""

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async

HOW = ("await", "blocking", "sync_to_async")


async def application(scope: Any, receive: Any, send: Any) -> None:
    seconds = int(scope["query_string"]) / 1000
    match scope["state"]["how"]:
        case "await":
            await asyncio.sleep(seconds)
        case "blocking":
            time.sleep(seconds)  # noqa: ASYNC251 - the mistake, on purpose
        case "sync_to_async":
            await sync_to_async(scope["state"]["sleep"])(seconds)  # time.sleep, watched
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"done\n"})


async def receive() -> dict[str, Any]:
    return {"type": "http.request", "body": b""}


async def send(event: dict[str, Any]) -> None:
    """A server would write this to the client; nobody reads the responses of a race."""


def serve(requests: int, wait_ms: int, how: str, watch: Callable[[int, str], AbstractContextManager[None]]) -> None:
    """Have all requests answered at once; `watch` reports one call, or its part in the other thread, while it runs."""

    async def call(number: int) -> None:
        def sleep(seconds: float) -> None:
            with watch(number, "sync_to_async"):
                time.sleep(seconds)

        scope = {"type": "http", "query_string": b"%d" % wait_ms, "state": {"how": how, "sleep": sleep}}
        with watch(number, "event loop"):
            await application(scope, receive, send)

    async def all_calls() -> None:
        # The one thread of sync_to_async is this race's own, as Django makes it each request's own. Channels opens
        # no such context: there, all consumers of a process share one thread.
        async with ThreadSensitiveContext():
            await asyncio.gather(*(call(number) for number in range(1, requests + 1)), return_exceptions=True)

    asyncio.run(all_calls())
