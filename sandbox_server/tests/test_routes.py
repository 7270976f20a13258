"""What the explanations of routes claim, held against the real router; and how the broken router fails."""

from __future__ import annotations

import asyncio
import json
import random
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from channels.routing import URLRouter
from django.urls import URLPattern
from websockets.exceptions import InvalidStatus

from sandbox_server.route_mismatch import why_not
from sandbox_server.sandboxes.explain_routes import ROUTERS, walk
from sandbox_server.tests.clients import PATIENCE_SECONDS, dial, hear
from testing.program import Program

SEGMENTS = [
    *("ws", "route", "rooms", "shops", "orders", "bare", "slash", "compare", "path", "re_path", "odd", "evil", ""),
    *("no-caret", "no-dollar", "neither", "unnamed", "mixed", "lobby", "books", "7", "42", "042", "my-room", "-"),
    *("café", "cafe\u0301", "٤٢", "½", "a b", "a\n", "100%", "<slug:room>", r"(?P<x>.*)$", "^ws", "`", "WS", "..."),
]
LIKELY = {
    "routing": [
        *("ws/route/", "ws/route/rooms/{}/", "ws/route/shops/{}/orders/{}/", "ws/route/shops/{}/{}/", "ws/route/bare"),
        *("{}/ws/route/", "ws/{}/{}/", "{}/{}/{}"),
    ],
    "path": ["ws/compare/path/{}/", "ws/compare/path/{}", "{}/ws/compare/path/{}/"],
    "re_path": ["ws/compare/re_path/{}/", "ws/compare/re_path/{}", "{}/ws/compare/re_path/{}/"],
    "odd": [
        *("ws/odd/no-caret/{}/", "{}/ws/odd/no-caret/{}/", "ws/odd/no-dollar/{}", "{}/ws/odd/no-dollar/{}"),
        *("ws/odd/neither/{}", "{}/ws/odd/neither/{}/{}", "ws/odd/unnamed/{}/{}/", "ws/odd/mixed/{}/{}/"),
        *("ws/odd/unnamed/{}", "ws/odd/mixed/{}"),
    ],
}


def paths(name: str, number: int = 1500) -> Iterator[str]:
    """Paths that match, almost match, or are far off; the same ones each time."""
    chance = random.Random(101)
    for _ in range(number):
        path = chance.choice(LIKELY[name])
        path = path.format(*chance.choices(SEGMENTS, k=path.count("{}")))
        if chance.random() < 0.4:
            at = chance.randrange(len(path) + 1)
            path = path[:at] + chance.choice(["", "/", "x", "é", "-", chance.choice(SEGMENTS)]) + path[at + 1 :]
        yield chance.choice(["", "/", "//"]) + path + chance.choice(["", "", "", "/", "more"])


def really(router: Any, path: str) -> dict[str, Any] | str:
    """What a router of Channels does with a path: where it leads, or the exception."""
    came: dict[str, Any] = {}

    def double(router: Any) -> Any:
        doubles: Any = [URLPattern(route.pattern, end(route.callback)) for route in router.routes]
        return URLRouter(doubles)

    def end(application: Any) -> Any:
        if isinstance(application, URLRouter):
            return double(application)

        async def note(scope: Any, receive: Any, send: Any) -> None:
            came.update(route=application.consumer_initkwargs["route"], **scope["url_route"])

        return note

    try:
        asyncio.run(double(router)({"type": "websocket", "path": path}, None, None))
    except ValueError as error:
        return str(error)
    return came


@pytest.mark.parametrize("name", ROUTERS)
def test_an_explanation_names_what_the_router_really_picks(name: str) -> None:
    """The same route, kwargs and args for any path, or none where Channels raises; one note says so."""
    taken = 0
    for path in paths(name):
        notes, winner = walk(ROUTERS[name], path, {"kwargs": {}, "args": ()}, "the path")
        real = really(ROUTERS[name], path)
        assert (winner or f"No route found for path {path.lstrip('/')!r}.") == real, path
        outcomes = [note["outcome"] for outer in notes for note in (outer, *outer["inside"])]
        assert outcomes.count("takes it") == bool(winner), path
        taken += bool(winner)
    assert 100 < taken < 1400  # the paths try both


def flat(router: Any) -> Iterator[Any]:
    """All patterns of a router."""
    for route in router.routes:
        yield route.pattern
        if isinstance(route.callback, URLRouter):
            yield from flat(route.callback)


@pytest.mark.parametrize("name", ROUTERS)
def test_a_reason_is_true(name: str) -> None:
    """What a sentence quotes stands in the path or in the pattern, and what it says would help does help."""
    for path in paths(name):
        asked = path.lstrip("/")
        for pattern in flat(ROUTERS[name]):
            if pattern.match(asked):
                continue
            why = why_not(pattern, asked)
            assert why != "it does not match the path", (pattern, path)
            if "a trailing slash is missing" in why:
                assert pattern.match(asked + "/"), (pattern, path, why)
            elif left := re.fullmatch(r"`(.+)` is left over, and the pattern wants the path to end", why, re.DOTALL):
                assert asked.endswith(left[1]), (pattern, path, why)
                assert pattern.match(asked.removesuffix(left[1])), (pattern, path, why)
            elif stops := re.search(r"stops at `(.)` in `(.+)`$", why, re.DOTALL):
                assert stops[1] in stops[2], (pattern, path, why)
                assert stops[2] in asked.split("/"), (pattern, path, why)
            elif nowhere := re.fullmatch(r"`(.+)` is nowhere in the path", why):
                assert nowhere[1] in str(pattern), (pattern, path, why)
                assert nowhere[1] not in asked, (pattern, path, why)
            elif further := re.match(r"the path has `(.+?)` further on", why):
                assert asked.find(further[1]) > 0, (pattern, path, why)
            elif wanted := re.match(r"`(.+?)` should (?:come after `(.*)`|be at the start of the path), and", why):
                assert f"{wanted[2] or ''}{wanted[1]}" not in asked or asked.find(wanted[1]) > 0, (pattern, path, why)
                assert asked.startswith(wanted[2] or ""), (pattern, path, why)
            elif ends := re.fullmatch(r"the path ends where `(.+)` should (?:follow|be.*)", why):
                assert ends[1] in str(pattern), (pattern, path, why)
            if there := re.search(r"there is `(.+)`$", why, re.DOTALL):
                assert there[1] in asked, (pattern, path, why)


FAMOUS = {
    "routing": [
        *(
            "/ws/route/",
            "/ws/route",
            "/ws/route/rooms/garden/",
            "/ws/route/rooms/lobby/",
            "/ws/route/bare",
        ),
        *("/ws/route/shops/books/orders/42/", "/ws/route/shops/books/orders/latest/", "/ws/route/shops/books/staff/"),
        *("/ws/route/shops/", "/ws/route/slash/", "/ws/route/rooms/café/", "/ws/route/bare/"),
    ],
    "path": ["/ws/compare/path/042/", "/ws/compare/path/my-room/", "/ws/compare/path/café/"],
    "re_path": ["/ws/compare/re_path/042/", "/ws/compare/re_path/my-room/", "/ws/compare/re_path/café/"],
    "odd": [
        *(
            "/evil/ws/odd/no-caret/lobby/",
            "/ws/odd/no-caret/lobby/",
            "/ws/odd/no-dollar/my-room",
            "/ws/odd/unnamed/a/7/",
        ),
        *("/evil/ws/odd/neither/lobby/more", "/ws/odd/mixed/lobby/7/", "/evil/ws/odd/no-dollar/lobby"),
    ],
}


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, paths in FAMOUS.items() for path in paths])
def test_the_server_does_what_it_explains(sandbox: Program, name: str, path: str) -> None:
    """The consumer answers word for word what the explanation says it will, or the handshake is refused."""
    with urllib.request.urlopen(f"{sandbox.url}/explain/{name}/?{urlencode({'path': path})}") as response:
        explained = json.load(response)
    if explained["winner"]:
        with dial(sandbox, path) as socket:
            assert hear(socket) == explained["winner"]
    else:
        assert explained["error"] == f"ValueError: No route found for path {path.lstrip('/')!r}."
        with pytest.raises(InvalidStatus, match="HTTP 404"):
            dial(sandbox, path)


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/explain/routing/", 400, "say which path"),
        ("/explain/routing/?path=" + "x" * 201, 400, "at most 200 characters"),
        ("/explain/nothing/?path=/", 404, "no such list"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(sandbox: Program, address: str, status: int, says: str) -> None:
    """An error in JSON, that names what to send."""
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(sandbox.url + address)
    assert caught.value.code == status
    assert says in json.load(caught.value)["error"]


def test_a_pattern_that_a_reader_types_is_only_text(sandbox: Program) -> None:
    """What would be a slow or a broken regular expression is compared as the path that it is."""
    for path in ("(a+)+$" * 30, "/ws/route/rooms/[/", "/ws/route/rooms/(?P<x>"):
        url = f"{sandbox.url}/explain/routing/?{urlencode({'path': path})}"
        with urllib.request.urlopen(url, timeout=PATIENCE_SECONDS) as answer:
            assert json.load(answer)["winner"] is None
