"""A database that does not answer: locked, on a full disk, or gone. Who needs it is told so, and when to try again.

A handshake and a request are answered with 503, an open WebSocket closes with 1013. Whoever needs no database does not
notice.
"""

from __future__ import annotations

import codecs
import logging
import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults

from sandbox_server.limits import DATABASE_RETRY_SECONDS

codecs.lookup("unicode_escape")  # Django writes of a failed request with it: too late then for Python to open its file

logger = logging.getLogger(__name__)

AWAY = (OperationalError, InterfaceError)
"""What Django raises for what is no fault of a query."""


def is_away(error: BaseException | None) -> bool:
    """Whether that led to an exception. Django takes a session that cannot be saved for one that was deleted."""
    return error is not None and (isinstance(error, AWAY) or is_away(error.__context__))


WORDS = f"the database does not answer: try again in {DATABASE_RETRY_SECONDS} s"


class DatabaseAway:
    """ASGI middleware around what answers handshakes. Over HTTP Django makes an answer of an exception: see below."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        try:
            await self.application(scope, receive, send)
        except AWAY as error:
            if scope["type"] != "websocket":
                raise
            logger.error("The database does not answer a WebSocket: %s", error)
            await tell(send)


async def tell(send: Any) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"retry-after", b"%d" % DATABASE_RETRY_SECONDS),
    ]
    try:
        await send({"type": "websocket.http.response.start", "status": 503, "headers": headers})
    except ValueError:  # the handshake is over
        await send({"type": "websocket.close", "code": 1013, "reason": WORDS})
    else:
        await send({"type": "websocket.http.response.body", "body": f"{WORDS}\n".encode()})


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls this for an exception that nobody has caught."""
    return unavailable() if is_away(sys.exc_info()[1]) else defaults.server_error(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """And this for a request that it takes for a bad one."""
    return unavailable() if is_away(exception) else defaults.bad_request(request, exception)


def unavailable() -> HttpResponse:
    return JsonResponse({"error": WORDS}, status=503, headers={"Retry-After": str(DATABASE_RETRY_SECONDS)})
