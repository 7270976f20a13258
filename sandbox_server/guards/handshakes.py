"""How many handshakes a visitor may make in a minute, and how many sockets they may have open. More are told 429.

A browser hides that status from its page (the page sees 1006): those who look into its tools, and all other clients,
read what happened and when to try again.
"""

from __future__ import annotations

from typing import Any

from sandbox_server.guards.admission import Admission, Full, visitor_of
from sandbox_server.guards.rates import Rates
from sandbox_server.limits import (
    HANDSHAKES_PER_MINUTE,
    HANDSHAKES_PER_MINUTE_OF_ALL,
    SOCKETS,
    SOCKETS_PER_VISITOR,
    SOCKETS_RETRY_SECONDS,
)

EVERYBODY = "everybody"


class Handshakes:
    """ASGI middleware around what answers handshakes."""

    def __init__(self, application: Any, rates: Rates) -> None:
        self.application, self.rates = application, rates
        self.open = Admission("open sockets", total=SOCKETS, per_visitor=SOCKETS_PER_VISITOR)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            await self.application(scope, receive, send)
            return
        visitor = visitor_of(scope)
        if seconds := await self.rates.seconds_to_wait("handshakes", HANDSHAKES_PER_MINUTE, visitor):
            await refuse(receive, send, f"{HANDSHAKES_PER_MINUTE} handshakes a minute from your address", seconds)
        elif seconds := await self.rates.seconds_to_wait("handshakes", HANDSHAKES_PER_MINUTE_OF_ALL, EVERYBODY):
            await refuse(receive, send, f"{HANDSHAKES_PER_MINUTE_OF_ALL} handshakes a minute", seconds)
        else:
            await self.admit(visitor, scope, receive, send)

    async def admit(self, visitor: str, scope: dict[str, Any], receive: Any, send: Any) -> None:
        try:
            self.open.enter(visitor)
        except Full as full:
            await refuse(receive, send, str(full), SOCKETS_RETRY_SECONDS)
            return
        try:
            await self.application(scope, receive, send)
        finally:
            self.open.leave(visitor)


async def refuse(receive: Any, send: Any, what: str, seconds: int) -> None:
    """Answer the handshake with 429."""
    await receive()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"retry-after", b"%d" % seconds)]
    await send({"type": "websocket.http.response.start", "status": 429, "headers": headers})
    body = f"Only {what}: try again in {seconds} s.\n".encode()
    await send({"type": "websocket.http.response.body", "body": body})
