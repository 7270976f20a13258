"""What a browser is told with each answer of a server that has pages: what they may do, and who may show them.

An answer that says something of the kind itself is left as it is.
"""

from __future__ import annotations

from typing import Any

# --8<-- [start:headers]
ALWAYS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}

OVER_TLS = {
    b"strict-transport-security": b"max-age=31536000",  # a year: a browser that has been here asks by TLS only
    b"cross-origin-opener-policy": b"same-origin",  # elsewhere browsers complain that they do not heed it
}
# --8<-- [end:headers]


class SecurityHeaders:
    """ASGI middleware. `policy` is the Content-Security-Policy of the site's pages."""

    def __init__(self, application: Any, policy: str) -> None:
        self.application = application
        self.always = {b"content-security-policy": policy.encode(), **ALWAYS}

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        more = self.always | (OVER_TLS if scope["scheme"] == "https" else {})

        async def send_more(event: dict[str, Any]) -> None:
            if event["type"] == "http.response.start":
                said = {name.lower() for name, _ in event["headers"]}
                added = [(name, value) for name, value in more.items() if name not in said]
                event = {**event, "headers": [*event["headers"], *added]}
            await send(event)

        await self.application(scope, receive, send_more)
