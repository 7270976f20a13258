"""Which name a handshake may call this server by: Django checks that of requests, and handshakes never get to Django.

A page whose name is made to lead to this machine (DNS rebinding) sends its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http.request import split_domain_port, validate_host


class Hosts:
    """ASGI middleware around what answers handshakes."""

    def __init__(self, application: Any, allowed: Sequence[str]) -> None:
        self.application, self.allowed = application, allowed

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "websocket" or self.is_allowed(scope):
            await self.application(scope, receive, send)
            return
        await receive()
        headers = [(b"content-type", b"text/plain; charset=utf-8")]
        await send({"type": "websocket.http.response.start", "status": 400, "headers": headers})
        await send({"type": "websocket.http.response.body", "body": b"This is not a name of this server.\n"})

    def is_allowed(self, scope: dict[str, Any]) -> bool:
        named = [value for name, value in scope["headers"] if name == b"host"]
        domain, _ = split_domain_port(named[0].decode("latin-1")) if len(named) == 1 else ("", "")
        return bool(domain) and validate_host(domain, self.allowed)
