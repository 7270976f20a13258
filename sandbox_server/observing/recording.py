"""What is seen of one observed connection, kept in order and passed on to whoever observes it.

A recording belongs to an observer by two things that a stranger does not have together: the id that the
page made up, and the `observer` cookie of the visitor's browser. The group's name is derived from both.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections import deque
from collections.abc import Iterable
from typing import Any

from channels.layers import get_channel_layer
from django.http import parse_cookie

from contract.events import Observed, Told
from contract.observation import ASKED, PARAMETER
from sandbox_server.limits import OBSERVED_QUEUE_EVENTS

LAYER = "observation"
"""The channel layer's alias: the sandboxes' own alias, `default`, names no layer, so they pay nothing for it."""

COOKIE = "observer"
ASKING = f"{PARAMETER}=".encode()

Event = dict[str, Any]
Headers = Iterable[tuple[bytes, bytes]]


class Recording:
    """The events of one observed connection, on their way to the observer's group."""

    def __init__(self, group: str, client: str, connection: str) -> None:
        """`connection` is the correlation id that the page gave; whoever gave none gets one made up here."""
        self.group = group
        self.client = client
        self.connection = connection or secrets.token_hex(4)
        self.loop = asyncio.get_running_loop()
        self.waiting: deque[Event] = deque()
        self.seen = 0
        self.passing_on: asyncio.Task[None] | None = None

    def add(self, event: Observed) -> None:
        """Record something that happened just now. May be called from any thread."""
        told: Told = {"client": self.client, "connection": self.connection, "at": now()}
        self.loop.call_soon_threadsafe(self.queue, {**event.describe(), **told})

    def queue(self, event: Event) -> None:
        """Number an event and pass it on; or, if too many wait, leave a gap in the numbers."""
        self.seen += 1
        if len(self.waiting) < OBSERVED_QUEUE_EVENTS:
            self.waiting.append(event | {"number": self.seen})
        if self.passing_on is None or self.passing_on.done():
            self.passing_on = self.loop.create_task(self.pass_on())

    async def pass_on(self) -> None:
        """Send what waits to the group, until nothing does."""
        layer: Any = get_channel_layer(LAYER)
        while self.waiting:
            events = list(self.waiting)
            self.waiting.clear()
            await layer.group_send(self.group, {"type": "observed.events", "events": events})


def now() -> float:
    """The server's clock in milliseconds, one for all processes of a machine."""
    return time.monotonic() * 1000


def group_name(cookie: str, observer_id: str) -> str:
    """The group to which the events of one visitor's observation go."""
    return "observe." + hashlib.sha256(f"{cookie}/{observer_id}".encode()).hexdigest()[:48]


def read_cookie(headers: Headers) -> str:
    """The visitor's `observer` cookie; empty if there is none. Other cookies of the host may be as odd as they like."""
    sent = "; ".join(value.decode("latin-1") for name, value in headers if name.lower() == b"cookie")
    return parse_cookie(sent).get(COOKIE, "")


def read_query(query_string: bytes, headers: Headers) -> tuple[Recording | None, bytes]:
    """The recording that a connection asks for, and its query string without that question.

    A connection without the parameter, with an id that is none, or without the cookie is not recorded.
    """
    if ASKING not in query_string:
        return None, query_string
    parts = query_string.split(b"&")
    asked = [part.removeprefix(ASKING) for part in parts if part.startswith(ASKING)]
    rest = b"&".join(part for part in parts if not part.startswith(ASKING))
    match = ASKED.fullmatch(asked[0].decode("latin-1")) if asked else None
    cookie = read_cookie(headers)
    if match is None or not cookie:
        return None, rest
    return Recording(group_name(cookie, match["id"]), match["client"] or "", match["connection"] or ""), rest
