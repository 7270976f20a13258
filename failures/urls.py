"""Views with a mistake in each."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import path
from django.views import View


async def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


def hands_on_a_coroutine(request: HttpRequest) -> HttpResponse:
    return plain(request)


class Mixed(View):
    async def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("get")

    def post(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("post")


def streams_sync(request: HttpRequest) -> HttpResponseBase:
    def events() -> Iterator[str]:
        yield "data: 1\n\n"

    return StreamingHttpResponse(events())


def streams_async(request: HttpRequest) -> HttpResponseBase:
    async def events() -> AsyncIterator[str]:
        yield "data: 1\n\n"

    return StreamingHttpResponse(events())


async def waits(request: HttpRequest) -> HttpResponse:
    """Until its visitor leaves."""
    try:
        logging.warning("the view waits")
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        logging.exception("the view is cancelled")
        raise
    return HttpResponse("done")


class Unmarked:
    """Middleware that is async, and says so to nobody."""

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    async def __call__(self, request: HttpRequest) -> Any:
        return await self.get_response(request)


class HalfMarked(Unmarked):
    """It says what it can be, and not what this instance is."""

    sync_capable, async_capable = False, True


urlpatterns = [
    path("waits/", waits),
    path("plain/", plain),
    path("coroutine/", hands_on_a_coroutine),
    path("sync/", streams_sync),
    path("async/", streams_async),
]
