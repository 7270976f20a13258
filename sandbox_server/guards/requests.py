"""How many HTTP requests a visitor may make in a minute and have running, and how many may write.

Each keeps a thread while it runs, and each that writes (a log-in, a note) may leave a session in the database. More are
told 429, in JSON, with the seconds to wait.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sandbox_server.guards.admission import Admission, Full, visitor_of
from sandbox_server.guards.rates import Rates
from sandbox_server.limits import (
    REQUESTS,
    REQUESTS_PER_MINUTE,
    REQUESTS_PER_VISITOR,
    REQUESTS_RETRY_SECONDS,
    WRITES_PER_MINUTE,
)

READING = {"GET", "HEAD", "OPTIONS"}


class Requests:
    """ASGI middleware around what answers requests. `origins` are those whose pages may read the answer (CORS)."""

    def __init__(self, application: Any, rates: Rates, origins: Sequence[str]) -> None:
        self.application, self.rates = application, rates
        self.origins = [origin.encode() for origin in origins]
        self.running = Admission("requests", total=REQUESTS, per_visitor=REQUESTS_PER_VISITOR)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        visitor = visitor_of(scope)
        writes = scope["method"] not in READING
        if seconds := await self.rates.seconds_to_wait("requests", REQUESTS_PER_MINUTE, visitor):
            await self.refuse(scope, send, f"{REQUESTS_PER_MINUTE} requests a minute from your address", seconds)
        elif writes and (seconds := await self.rates.seconds_to_wait("writes", WRITES_PER_MINUTE, visitor)):
            what = f"{WRITES_PER_MINUTE} requests that write a minute from your address"
            await self.refuse(scope, send, what, seconds)
        else:
            await self.admit(visitor, scope, receive, send)

    async def admit(self, visitor: str, scope: dict[str, Any], receive: Any, send: Any) -> None:
        try:
            self.running.enter(visitor)
        except Full as full:
            await self.refuse(scope, send, f"{full} at a time", REQUESTS_RETRY_SECONDS)
            return
        try:
            await self.application(scope, receive, send)
        finally:
            self.running.leave(visitor)

    async def refuse(self, scope: dict[str, Any], send: Any, what: str, seconds: int) -> None:
        headers = [(b"content-type", b"application/json"), (b"retry-after", b"%d" % seconds)]
        for name, value in scope["headers"]:
            if name == b"origin" and value in self.origins:
                headers += [(b"access-control-allow-origin", value), (b"access-control-allow-credentials", b"true")]
        await send({"type": "http.response.start", "status": 429, "headers": headers})
        body = json.dumps({"error": f"only {what}: try again in {seconds} s"}).encode()
        await send({"type": "http.response.body", "body": body})
