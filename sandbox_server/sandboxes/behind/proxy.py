"""Proxies, played: each is an ASGI application that makes of a connection what a proxy makes of it."""

import asyncio
from typing import Any
from urllib.parse import parse_qs

from .visitor import header

STRANGER = "203.0.113.7"
QUIET_SECONDS = 1.0
DROP: Any = {"type": "websocket.drop"}  # ends TCP without a close frame: an extension that this site's server has


def with_headers(scope: Any, **headers: str) -> Any:
    """The scope with some headers in place of those of the same names."""
    new = {name.replace("_", "-").encode(): value.encode() for name, value in headers.items()}
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in new] + list(new.items())}


def from_afar(application: Any) -> Any:
    """As if a stranger asked, who has written into X-Forwarded-For what `?wrote=` says. What this site's own proxy
    wrote is not there.
    """

    async def asked(scope: Any, receive: Any, send: Any) -> None:
        headers = [pair for pair in scope["headers"] if not pair[0].startswith(b"x-forwarded-")]
        scope = {**scope, "client": [STRANGER, 50000], "headers": headers}
        for wrote in parse_qs(scope["query_string"].decode("latin-1")).get("wrote", [])[:1]:
            scope = with_headers(scope, x_forwarded_for=wrote)
        await application(scope, receive, send)

    return asked


def asked_by_address(application: Any) -> Any:
    """As a load balancer asks whether a server lives: it knows the machine's address, and no name."""

    async def asked(scope: Any, receive: Any, send: Any) -> None:
        await application(with_headers(scope, host="10.0.0.12:8001"), receive, send)

    return asked


class Proxy:
    """It is the client now, and adds to X-Forwarded-For who that was before. TLS ends here."""

    def __init__(self, application: Any, address: str, *, passes_upgrade: bool = True) -> None:
        self.application, self.address, self.passes_upgrade = application, address, passes_upgrade

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        known = [header(scope, "x-forwarded-for"), scope["client"][0]]
        scope = with_headers(scope, x_forwarded_for=", ".join(filter(None, known)), x_forwarded_proto="https")
        scope |= {"client": [self.address, 50000], "scheme": {"http": "http", "websocket": "ws"}[scope["type"]]}
        if scope["type"] == "websocket" and not self.passes_upgrade:
            await self.ask_for_a_page(scope, receive, send)
        else:
            await self.application(scope, receive, send)

    async def ask_for_a_page(self, scope: Any, receive: Any, send: Any) -> None:
        """`Upgrade` and `Connection` belong to one hop. Without them a handshake is a GET, and answered as one."""
        await receive()
        scope = with_headers(scope, host=header(scope, "host") or "localhost")  # a test's client names none
        headers = [pair for pair in scope["headers"] if pair[0] not in (b"connection", b"upgrade")]
        page = {**scope, "type": "http", "scheme": "http", "method": "GET", "headers": headers}
        requests = [{"type": "http.request"}]

        async def next_event() -> Any:
            if requests:
                return requests.pop()
            await receive()  # the visitor has left
            return {"type": "http.disconnect"}

        async def refuse(event: Any) -> None:
            if "websocket.http.response" in (scope.get("extensions") or {}):
                await send({**event, "type": f"websocket.{event['type']}"})
            elif event["type"] == "http.response.start":
                await send({"type": "websocket.close"})  # a server that cannot say 404 here: 403

        await self.application(page, next_event, refuse)


class Impatient:
    """Ends TCP once the server has said nothing for a second; nginx waits for a minute. What the visitor says does
    not count.
    """

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            async with asyncio.timeout(None) as patience:

                async def passed_on(event: Any) -> None:
                    patience.reschedule(asyncio.get_running_loop().time() + QUIET_SECONDS)
                    await send(event)

                await self.application(scope, receive, passed_on)
        except TimeoutError:
            await send(DROP)
