"""Which name a client may call this server by. Django checks that of what gets to it: no handshake does, and no file.

A page whose name is made to lead to this machine (DNS rebinding) sends its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http.request import split_domain_port, validate_host


class Hosts:
    """ASGI middleware around all that answers."""

    def __init__(self, application: Any, allowed: Sequence[str]) -> None:
        self.application, self.allowed = application, allowed

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if self.is_allowed(scope):
            await self.application(scope, receive, send)
            return
        await receive()
        prefix = "websocket." if scope["type"] == "websocket" else ""
        headers = [(b"content-type", b"text/plain; charset=utf-8")]
        await send({"type": f"{prefix}http.response.start", "status": 400, "headers": headers})
        await send({"type": f"{prefix}http.response.body", "body": b"This is not a name of this server.\n"})

    def is_allowed(self, scope: dict[str, Any]) -> bool:
        named = [value for name, value in scope["headers"] if name == b"host"]
        if scope.get("http_version") == "1.0" and not named:
            return True  # as HTTP/1.0 may be, by which no browser asks
        domain, _ = split_domain_port(named[0].decode("latin-1")) if len(named) == 1 else ("", "")
        return bool(domain) and validate_host(domain, self.allowed)
