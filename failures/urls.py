"""Views with a mistake in each."""

from collections.abc import AsyncIterator, Iterator

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


urlpatterns = [
    path("plain/", plain),
    path("coroutine/", hands_on_a_coroutine),
    path("sync/", streams_sync),
    path("async/", streams_async),
]
