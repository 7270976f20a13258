"""Streams of three numbers, and who did what in which order: this plays the server to them, and answers with a list."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

from channels.generic.http import AsyncHttpConsumer
from django.core.asgi import get_asgi_application
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponseBase, StreamingHttpResponse
from django.urls import path
from django.views.decorators.gzip import gzip_page


# --8<-- [start:generators]
async def async_numbers(seen: list[str]) -> AsyncIterator[bytes]:
    for number in (b"1", b"2", b"3"):
        seen.append(f"made {number!r}")
        yield number


def sync_numbers(seen: list[str]) -> Iterator[bytes]:
    for number in (b"1", b"2", b"3"):
        seen.append(f"made {number!r}")
        yield number


async def one_and_no_more(seen: list[str]) -> AsyncIterator[bytes]:
    """Waits for news that never come: what a stream does nearly all of its time."""
    try:
        yield b"1"
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        seen.append("CancelledError")
        raise
    finally:
        seen.append("tidied up")


# --8<-- [end:generators]


# --8<-- [start:consumer]
class NumbersConsumer(AsyncHttpConsumer):
    """Channels' way to answer over HTTP. While `handle()` runs, nothing that comes is looked at."""

    scope: Any

    async def handle(self, body: bytes) -> None:
        await self.send_headers(headers=[(b"content-type", b"text/plain")])
        async for number in async_numbers(self.scope["seen"]):
            await self.send_body(number, more_body=True)
            await asyncio.sleep(0)
        await self.send_body(b"")

    async def disconnect(self) -> None:
        self.scope["seen"].append("disconnect()")


# --8<-- [end:consumer]


async def streams_async(request: ASGIRequest) -> HttpResponseBase:
    return StreamingHttpResponse(async_numbers(request.scope["seen"]))


async def streams_sync(request: ASGIRequest) -> HttpResponseBase:
    return StreamingHttpResponse(sync_numbers(request.scope["seen"]))


async def waits(request: ASGIRequest) -> HttpResponseBase:
    return StreamingHttpResponse(one_and_no_more(request.scope["seen"]))


def witness(application: Any, *, leaves: bool = False) -> Any:
    """Call an application as a server would, for a browser that takes gzip, and may leave after a first part."""

    async def witnessed(scope: Any, receive: Any, send: Any) -> None:
        seen: list[str] = []
        gone = asyncio.Event()
        requests = [{"type": "http.request", "body": b""}]

        async def next_event() -> Any:
            if requests:
                return requests.pop()
            await gone.wait()
            return {"type": "http.disconnect"}

        async def take(event: Any) -> None:
            part = event.get("body")
            is_head = part and not seen and part.startswith(b"\x1f\x8b")  # of a gzip file: nothing is in it yet
            if part and not is_head:
                seen.append(f"sent {part if len(part) < 10 else part[:2]!r}")
                if leaves and not gone.is_set():
                    seen.append("the visitor leaves")
                    gone.set()

        host = [(name, value) for name, value in scope["headers"] if name == b"host"]
        asked = {**scope, "seen": seen, "headers": [*host, (b"accept-encoding", b"gzip")]}
        await application(asked, next_event, take)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": json.dumps(seen).encode()})

    return witnessed


django_application = get_asgi_application()
views = {"async": streams_async, "sync": streams_sync, "gzip": gzip_page(streams_async), "leave": waits}
urlpatterns = [path(f"streaming/{name}/", view) for name, view in views.items()]
http_applications = [
    *(path(f"streaming/{name}/", witness(django_application, leaves=name == "leave")) for name in views),
    path("streaming/consumer/", witness(NumbersConsumer.as_asgi(), leaves=True)),
]
