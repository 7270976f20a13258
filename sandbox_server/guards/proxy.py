"""Whose word counts for a client's address: the proxy's, where one is configured, and nobody else's.

A proxy overwrites `X-Real-IP` with the address that it sees. The leftmost `X-Forwarded-For`, which Daphne can be told
to believe, is what the client wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

HEADER = b"x-real-ip"


class BehindProxy:
    """ASGI middleware: what comes from a proxy's address has the client that the proxy names."""

    def __init__(self, application: Any, proxies: Sequence[IPv4Network | IPv6Network]) -> None:
        self.application, self.proxies = application, proxies

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope.get("client") and self.is_proxy(scope["client"][0]):
            named = [value for name, value in scope["headers"] if name == HEADER]
            if len(named) == 1 and (address := read_address(named[0])):
                scope = {**scope, "client": [address, 0]}
        await self.application(scope, receive, send)

    def is_proxy(self, host: str) -> bool:
        address = ip_address(host)
        return any(address in network for network in self.proxies)


def read_address(value: bytes) -> str:
    """An address as Python writes it; empty if it is none."""
    try:
        return str(ip_address(value.decode("latin-1").strip()))
    except ValueError:
        return ""
