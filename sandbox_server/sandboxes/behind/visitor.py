"""Who asks, where proxies stand in front of the server."""

from typing import Any

PROXIES = {"10.0.0.2", "192.0.2.10"}
"""Our own. What anybody else says about whom they speak for is what anybody can write."""


def visitor(scope: Any) -> str | None:
    """The address of whoever asks. Each proxy has added to the header whom it saw."""
    address: str | None = (scope.get("client") or [None])[0]
    listed = (header(scope, "x-forwarded-for") or "").split(",")
    named = [name.strip() for name in listed if name.strip()]
    while address in PROXIES and named:
        address = named.pop()
    return address


def header(scope: Any, name: str) -> str | None:
    """A header's value; several of one name are one list. None: it is not there."""
    values = [value for key, value in scope["headers"] if key == name.encode()]
    return b", ".join(values).decode("latin-1") if values else None
