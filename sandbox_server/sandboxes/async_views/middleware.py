"""Middleware of four kinds. Each notes where it runs, and changes nothing."""

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest
from django.utils.decorators import sync_and_async_middleware
from django.utils.deprecation import MiddlewareMixin

from sandbox_server.sandboxes.async_views.witness import note, where


def sync_only(get_response: Callable[..., Any]) -> Callable[..., Any]:
    """As most people write it. Django takes it for sync, since it does not say that it is more."""

    def middleware(request: HttpRequest) -> Any:
        note(f"sync_only, {where()}")
        return get_response(request)

    return middleware


@sync_and_async_middleware
def either(get_response: Callable[..., Any]) -> Callable[..., Any]:
    """The same for both: it is what the next one is."""
    if iscoroutinefunction(get_response):

        async def async_middleware(request: HttpRequest) -> Any:
            note(f"either, {where()}")
            return await get_response(request)

        return async_middleware

    def middleware(request: HttpRequest) -> Any:
        note(f"either, {where()}")
        return get_response(request)

    return middleware


class AsyncOnly:
    """A class. An instance whose __call__ is `async def` is no coroutine function, unless it is marked as one."""

    sync_capable, async_capable = False, True

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response
        markcoroutinefunction(self)

    async def __call__(self, request: HttpRequest) -> Any:
        note(f"AsyncOnly, {where()}")
        return await self.get_response(request)


class Hooks(MiddlewareMixin):
    """As Django's own are: hooks, which are sync, in a class that is either."""

    def process_request(self, request: HttpRequest) -> None:
        note(f"process_request, {where()}")
