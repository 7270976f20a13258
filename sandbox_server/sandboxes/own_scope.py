"""A bare ASGI application that answers with its own scope, and tells the events of its own connection."""

import asyncio
import json
from time import perf_counter
from typing import Any

from django.urls import re_path

from sandbox_server.limits import VALUE_CHARACTERS
from sandbox_server.secret_headers import SECRET_HEADERS

PARTS = 3
PAUSE_SECONDS = 0.1


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Called once for each connection: once for a request, once for the whole life of a socket."""
    told = Told()
    if scope["type"] == "http":
        told.add("receive", await receive())
        start = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/x-ndjson")]}
        told.add("send", start)
        await send(start)
        for part in range(1, PARTS + 1):
            body = told.line(scope=shown(scope)) if part == 1 else told.line()
            await send({"type": "http.response.body", "body": body.encode(), "more_body": True})
            await asyncio.sleep(PAUSE_SECONDS)
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        await receive()  # http.disconnect: the response is over, and nobody is left to be told
    elif scope["type"] == "websocket":
        told.add("receive", await receive())
        accept = {"type": "websocket.accept"}
        told.add("send", accept)
        await send(accept)
        await send({"type": "websocket.send", "text": told.line(scope=shown(scope))})
        while (event := await receive())["type"] != "websocket.disconnect":
            told.add("receive", event)
            await send({"type": "websocket.send", "text": told.line()})
    else:
        raise ValueError(f"this application does not know {scope['type']!r} scopes")


class Told:
    """The events of one connection that its reader has yet to be told, with their times in milliseconds."""

    def __init__(self) -> None:
        self.start = perf_counter()
        self.events: list[dict[str, Any]] = []

    def add(self, call: str, event: dict[str, Any]) -> None:
        details = {key: repr(value)[:VALUE_CHARACTERS] for key, value in event.items() if key != "type"}
        self.events.append({"call": call, "type": event["type"], "details": details, "at": self.now()})

    def line(self, **more: Any) -> str:
        """One line of JSON: what is to be told, and when this line, itself an event, is sent."""
        events, self.events = self.events, []
        return json.dumps({"events": events, "at": self.now(), **more}) + "\n"

    def now(self) -> float:
        return round((perf_counter() - self.start) * 1000, 1)


def shown(scope: dict[str, Any]) -> dict[str, Any]:
    """A scope in JSON's types: values as Python prints them, headers in pairs, objects by their class.

    Session cookies are HttpOnly: what a page's JavaScript may not read, no answer repeats.
    """
    headers = [(repr(name), "[hidden]" if name in SECRET_HEADERS else repr(value)) for name, value in scope["headers"]]
    return {key: as_printed(key, value) for key, value in scope.items()} | {"headers": headers}


def as_printed(key: str, value: Any) -> str:
    if key == "cookies":
        value = dict.fromkeys(value, "[hidden]")
    if isinstance(value, str | bytes | int | list | tuple | dict | None):
        return repr(value)
    return f"<{type(value).__name__}>"


http_applications = [re_path(r"^scope/", application)]
websocket_urlpatterns = [re_path(r"^ws/scope/", application)]
