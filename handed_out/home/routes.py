"""Which sandbox answers at which path: Django's routes, as regular expressions that JavaScript reads, too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from channels.routing import URLRouter

from sandbox_server import sandboxes

LISTS = {"websocket_urlpatterns": "websocket", "http_applications": "http", "urlpatterns": "http"}
"""The names under which a sandbox lists its routes, and the protocol of each."""


def sandbox_modules() -> Iterator[tuple[ModuleType, Path]]:
    """Every sandbox, and its file; of a package, the one that lists its routes."""
    for found in iter_modules(sandboxes.__path__):
        module = import_module(f"{sandboxes.__name__}.{found.name}")
        yield module, Path(str(module.__file__))


def routes_of(module: ModuleType) -> Iterator[tuple[str, str]]:
    """The protocol and the expression of each route that a sandbox lists. They match a path without its first slash."""
    for name, protocol in LISTS.items():
        routes = getattr(module, name, [])
        if name != "urlpatterns":
            URLRouter(routes)  # it tells the routes that lead to another router: those match a beginning
        for route in routes:
            yield protocol, as_javascript(route.pattern)


def as_javascript(pattern: Any) -> str:
    """A pattern of `path` or of `re_path` for `new RegExp(…, "u")`, to be searched for."""
    text: str = pattern.regex.pattern
    if text.endswith("$") and pattern._is_endpoint and not text.startswith("^"):
        text = f"^{text}"  # Django wants all of it to match, then
    text = re.sub(r"\\[Zz]$", "$", text).replace("(?P<", "(?<").replace(r"\-", "-")
    return text.replace(r"\w", r"[\p{L}\p{N}_]").replace(r"\d", r"\p{Nd}")
