"""Djangos of their own, which differ in their MIDDLEWARE and in who calls them, and what each logged at its start."""

import asyncio
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import Http404, HttpRequest, JsonResponse

from sandbox_server.sandboxes.async_views import middleware


class Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def settings_with(names: list[str], lines: Lines) -> Iterator[None]:
    """MIDDLEWARE is read once, when a handler is made. With DEBUG it logs what it adapts."""
    logger = logging.getLogger("django.request")
    kept = settings.MIDDLEWARE, settings.DEBUG, logger.level, logger.propagate
    settings.MIDDLEWARE, settings.DEBUG = [f"{middleware.__name__}.{name}" for name in names], True
    logger.setLevel(logging.DEBUG)
    logger.addHandler(lines)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(lines)
        settings.MIDDLEWARE, settings.DEBUG, logger.level, logger.propagate = kept


def wsgi_server(handler: WSGIHandler) -> Any:
    """A WSGI server: a thread for a worker, which knows nothing of the event loop that runs here."""

    async def serve(scope: Any, receive: Any, send: Any) -> None:
        environ = {"PATH_INFO": scope["path"], "HTTP_HOST": "localhost"}
        setup_testing_defaults(environ)
        started: list[int] = []
        arguments = environ, lambda status, headers, exc_info=None: started.append(int(status[:3]))
        worker = ThreadPoolExecutor(1, thread_name_prefix="worker")
        try:
            await asyncio.get_running_loop().run_in_executor(worker, copy_context().run, handler, *arguments)
        finally:
            worker.shutdown(wait=False)
        await send({"type": "http.response.start", "status": started[0]})

    return serve


djangos: dict[str, Any] = {}
logged: dict[str, list[str]] = {}
for name, wanted in {
    "bare": [],
    "either": ["either"],
    "sync-only": ["sync_only"],
    "between": ["AsyncOnly", "sync_only", "either"],
    "hooks": ["Hooks"],
    "wsgi": [],
}.items():
    with settings_with(wanted, lines := Lines()):
        djangos[name] = wsgi_server(WSGIHandler()) if name == "wsgi" else ASGIHandler()
    logged[name] = lines.said


async def what_it_logged(request: HttpRequest, django: str) -> JsonResponse:
    if django not in logged:
        raise Http404
    return JsonResponse(logged[django], safe=False)
