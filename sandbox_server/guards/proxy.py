"""Whose word counts for a client's address, and for whether it came by TLS: the proxy's, where one is configured, and
nobody else's.

A proxy overwrites `X-Real-IP` with the address that it sees, and `X-Forwarded-Proto` with `http` or `https`. The
leftmost `X-Forwarded-For`, which Daphne can be told to believe, is what the client wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

from sandbox_server.guards.admission import visitor_of

ADDRESS = b"x-real-ip"
SCHEME = b"x-forwarded-proto"
Proxies = Sequence[IPv4Network | IPv6Network]
OVER_TLS = {"http": "https", "websocket": "wss"}


class BehindProxy:
    """ASGI middleware: what comes from a proxy's address has the client and the scheme that the proxy names."""

    def __init__(self, application: Any, proxies: Proxies) -> None:
        self.application, self.proxies = application, proxies

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope.get("client") and is_proxy(scope["client"][0], self.proxies):
            if address := read_address(named(scope, ADDRESS)):
                scope = {**scope, "client": [address, 0]}
            if named(scope, SCHEME) == b"https":
                scope = {**scope, "scheme": OVER_TLS[scope["type"]]}
        await self.application(scope, receive, send)


def is_proxy(host: str, proxies: Proxies) -> bool:
    address = ip_address(host)
    return any(address in network for network in proxies)


def visitor_at(host: str, proxies: Proxies) -> str:
    """Whose a connection from an address is, before a word of it is read; "" if a proxy's, and so anybody's."""
    return "" if is_proxy(host, proxies) else visitor_of({"client": (host, 0)})


def named(scope: dict[str, Any], header: bytes) -> bytes:
    """A header's value, if it stands there once."""
    values = [value for name, value in scope["headers"] if name == header]
    return values[0] if len(values) == 1 else b""


def read_address(value: bytes) -> str:
    """An address as Python writes it; empty if it is none."""
    try:
        return str(ip_address(value.decode("latin-1").strip()))
    except ValueError:
        return ""
