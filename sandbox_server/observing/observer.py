"""ASGI middleware that records an observed connection: its scope, each event in and out, and the exception
that left the application. With nobody observing it costs one look-up in the scope per connection.
"""

from __future__ import annotations

import traceback
from contextvars import ContextVar
from pathlib import Path
from pprint import pformat
from typing import Any, Literal

from contract.events import AsgiEvent, Raised, Scope, Way
from sandbox_server.limits import OBSERVED_CHARACTERS
from sandbox_server.observing.recording import Recording
from sandbox_server.observing.redaction import hide_in_event, hide_in_scope

SCOPE_KEY = "observation"
"""Where the server leaves a connection's recording in the scope, for this middleware to take off again."""

current: ContextVar[Recording | None] = ContextVar("recording", default=None)
server_keys: ContextVar[frozenset[str]] = ContextVar("server_keys", default=frozenset())
"""For what runs further in, on the same connection: its recording, and the keys that its scope began with."""

WIDTH = 72


class Observer:
    """Wraps the application of a whole server; nothing in it changes what the application is told or says."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        recording: Recording | None = scope.pop(SCOPE_KEY, None)
        if recording is None:
            await self.application(scope, receive, send)
            return
        current.set(recording)
        record_scope(recording, "server", scope, before=None)
        server_keys.set(frozenset(scope))

        async def observed_receive() -> Any:
            event = await receive()
            record_event(recording, "in", event)
            return event

        async def observed_send(event: Any) -> None:
            record_event(recording, "out", event)
            await send(event)

        try:
            await self.application(scope, observed_receive, observed_send)
        except Exception as error:
            recording.add(Raised(type(error).__name__, str(error), where(error)))
            raise


def record_scope(
    recording: Recording, layer: Literal["server", "consumer"], scope: dict[str, Any], before: frozenset[str] | None
) -> None:
    """Record a scope as Python would print it, and which keys the layers before this one put there."""
    added = sorted(scope.keys() - before) if before is not None else []
    recording.add(Scope(layer, pformat(hide_in_scope(scope), width=WIDTH, sort_dicts=False), added))


def record_event(recording: Recording, way: Way, event: dict[str, Any]) -> None:
    """Record an ASGI event, as Python would print it and as JSON with its bytes in hexadecimal."""
    shown = shortened(hide_in_event(event))
    recording.add(AsgiEvent(way, jsonable(shown), pformat(shown, width=WIDTH, sort_dicts=False)))


def shortened(event: dict[str, Any]) -> dict[str, Any]:
    """An event whose long texts and bytes are cut: to print 64 KiB as Python does takes as long as 300 echoes."""
    return {key: cut(value) if isinstance(value, str | bytes) else value for key, value in event.items()}


def cut(value: Any) -> Any:
    more = len(value) - OBSERVED_CHARACTERS
    if more <= 0:
        return value
    note = f"[{more} more]"
    return value[:OBSERVED_CHARACTERS] + (note.encode() if isinstance(value, bytes) else note)


def jsonable(value: Any) -> Any:
    """A value of an ASGI event in JSON's types."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [jsonable(item) for item in value]
    return value


def where(error: BaseException) -> str:
    """The innermost line that the exception went through in a sandbox or, if in none, in Channels."""
    frames = traceback.extract_tb(error.__traceback__)
    rooms = ([frame for frame in frames if room in Path(frame.filename).parts] for room in ("sandboxes", "channels"))
    innermost = next(filter(None, rooms), frames)[-1]
    return f"{Path(innermost.filename).name}, line {innermost.lineno}, in {innermost.name}"
