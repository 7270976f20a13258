"""Paths that lead to each sandbox: made up by what its routes ask for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from channels.routing import URLRouter
from django.urls.resolvers import RegexPattern, RoutePattern
from hypothesis import strategies as st

from live_docs.player.visitor import Visitor
from testing.project import ORIGIN

NEVER_ANSWERS = ("ws/mistakes/forget/", "ws/told/<slug:log>/no-answer/")
"""That is what they show: the handshake ends when the server has waited for five seconds."""

CONVERTED = re.compile(r"<(\w+):(\w+)>")
LONGEST = 200


def leaves(routes: list[Any], outer: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The patterns that lead to each consumer, from the outermost in."""
    for route in routes:
        if isinstance(route.callback, URLRouter):
            yield from leaves(route.callback.routes, (*outer, route.pattern))
        else:
            yield (*outer, route.pattern)


def fetch(server: str, path: str, method: str = "GET") -> Any:
    """What a new visitor is given."""
    return json.loads(Visitor(server, ORIGIN).ask(method, path)[1])


def paths(routes: list[Any], server: str) -> st.SearchStrategy[str]:
    """Each consumer as often as any other."""
    found = [chain for chain in leaves(routes) if str(chain[-1]) not in NEVER_ANSWERS]
    return st.sampled_from(found).flatmap(lambda chain: joined(chain, server))


def joined(chain: tuple[Any, ...], server: str) -> st.SearchStrategy[str]:
    parts = [matching(pattern, server) for pattern in chain]
    return (
        st.tuples(*parts)
        .map("".join)
        .filter(lambda path: len(path) < LONGEST)
        .map(lambda path: "/" + quote(path.lstrip("/")))
    )


def matching(pattern: Any, server: str) -> st.SearchStrategy[str]:
    """What a pattern of Django's takes."""
    if isinstance(pattern, RegexPattern):
        return st.from_regex(pattern.regex)
    assert isinstance(pattern, RoutePattern)
    written = str(pattern)
    pieces: list[st.SearchStrategy[str]] = []
    at = 0
    for found in CONVERTED.finditer(written):
        pieces += [st.just(written[at : found.start()]), converted(pattern, found[2], found[1], server)]
        at = found.end()
    return st.tuples(*pieces, st.just(written[at:])).map("".join)


def converted(pattern: Any, name: str, kind: str, server: str) -> st.SearchStrategy[str]:
    """What a converter takes. A signature cannot be made up: such names are asked of the server."""
    made_up = st.from_regex(re.compile(pattern.converters[name].regex), fullmatch=True)
    if kind == "signed":
        return st.builds(lambda: str(fetch(server, "/names/")["name"])) | made_up
    if str(pattern).startswith("ws/rooms/"):
        return st.builds(lambda: str(fetch(server, "/rooms/", "POST")["room"])) | made_up
    return made_up
