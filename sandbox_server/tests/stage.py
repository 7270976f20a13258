"""`python -m sandbox_server.tests.stage [PORT]`: the server under test, with an application that does as it is told.

It prints its address when it listens; without a port it takes one that is free. The path names one of the coroutines
below.
"""

from __future__ import annotations

from sandbox_server.hardened_daphne.server import Server  # isort: skip  (first: it chooses Twisted's reactor)

import asyncio
import json
import socket
import sys
import time
from collections import defaultdict
from typing import Any
from urllib.parse import unquote

from asgiref.sync import sync_to_async

from sandbox_server.hardened_daphne.protocol import WebSocketProtocol

ACCEPT = {"type": "websocket.accept"}
KIB = "x" * 1024
POURED_MIB = 16
GUSHED_MIB = 4
ANSWERED_MIB = 32

released: defaultdict[bytes, asyncio.Event] = defaultdict(asyncio.Event)


async def puppet(scope: Any, receive: Any, send: Any) -> None:
    """Send the events of the query string, a JSON list."""
    await receive()
    for event in json.loads(unquote(scope["query_string"].decode())):
        await send(with_bytes(event))
    await receive()


def with_bytes(event: dict[str, Any]) -> dict[str, Any]:
    """JSON has no bytes: a body and headers are turned into them."""
    headers = [(name.encode(), value.encode()) for name, value in event.get("headers", ())]
    return {**event, "headers": headers, "body": event.get("body", "").encode()}


async def extensions(scope: Any, receive: Any, send: Any) -> None:
    """Say which extensions the scope has."""
    await receive()
    await send(ACCEPT)
    await send({"type": "websocket.send", "text": json.dumps(scope["extensions"])})
    await receive()


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Send back what comes."""
    await receive()
    await send(ACCEPT)
    while (event := await receive())["type"] != "websocket.disconnect":
        await send({**event, "type": "websocket.send"})


async def undecided(scope: Any, receive: Any, send: Any) -> None:
    """Neither accept nor refuse."""
    await receive()
    await receive()


async def fail_before_accept(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    raise RuntimeError("before accept")


async def fail_after_accept(scope: Any, receive: Any, send: Any) -> None:
    """Fail at the first message."""
    await receive()
    await send(ACCEPT)
    await receive()
    raise RuntimeError("after accept")


async def stuck(scope: Any, receive: Any, send: Any) -> None:
    """Take nothing until another client visits /release with the same query; then count messages to an empty one."""
    await receive()
    await send(ACCEPT)
    await released[scope["query_string"]].wait()
    count = 0
    while (await receive()).get("text"):
        count += 1
    await send({"type": "websocket.send", "text": str(count)})


async def late(scope: Any, receive: Any, send: Any) -> None:
    """Accept when another client has visited /release with the same query; then send back what comes."""
    await receive()
    await released[scope["query_string"]].wait()
    await send(ACCEPT)
    while (event := await receive())["type"] != "websocket.disconnect":
        await send({**event, "type": "websocket.send"})


async def release(scope: Any, receive: Any, send: Any) -> None:
    released[scope["query_string"]].set()
    await undecided(scope, receive, send)


async def pour(scope: Any, receive: Any, send: Any) -> None:
    """Send much, one message after the other, and close."""
    await receive()
    await send(ACCEPT)
    for _ in range(POURED_MIB * 1024):
        await send({"type": "websocket.send", "text": KIB})
    await send({"type": "websocket.close"})


async def gush(scope: Any, receive: Any, send: Any) -> None:
    """At a message: send much, waiting for nothing; then let those go on who wait for /release with the same query."""
    await receive()
    await send(ACCEPT)
    await receive()
    try:
        await asyncio.gather(*(send({"type": "websocket.send", "text": KIB}) for _ in range(GUSHED_MIB * 1024)))
    finally:
        released[scope["query_string"]].set()


async def sleep_in_thread(scope: Any, receive: Any, send: Any) -> None:
    """Do what nothing can interrupt."""
    await receive()
    await send(ACCEPT)
    await asyncio.to_thread(time.sleep, 60)


async def sleep_in_sync_to_async(scope: Any, receive: Any, send: Any) -> None:
    """The same in the one thread in which all sync consumers of a process take turns."""
    await receive()
    await send(ACCEPT)
    await sync_to_async(time.sleep)(60)


async def sleep_in_event_loop(scope: Any, receive: Any, send: Any) -> None:
    """At a message: what no consumer may do. Nothing else runs in the process meanwhile."""
    await receive()
    await send(ACCEPT)
    await receive()
    print("asleep", flush=True)
    time.sleep(60)  # noqa: ASYNC251


async def fail_in_body(scope: Any, receive: Any, send: Any) -> None:
    """Over HTTP: fail in the middle of a response."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"the first half", "more_body": True})
    raise RuntimeError("in the body")


async def pour_over_http(scope: Any, receive: Any, send: Any) -> None:
    """A long answer, piece by piece."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(ANSWERED_MIB * 16):
        await send({"type": "http.response.body", "body": b"x" * 64 * 1024, "more_body": True})
    await send({"type": "http.response.body"})


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["path"] == "/":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"on stage"})
    else:
        await globals()[scope["path"].removeprefix("/")](scope, receive, send)


class Faulty(WebSocketProtocol):
    """A protocol with a mistake in it."""

    def onPong(self, payload: bytes) -> None:
        if payload == b"fault":
            raise RuntimeError("on a pong")
        super().onPong(payload)


class Stage(Server):
    """Without Daphne's look, once a second, at what has become of its applications: what is done is done at once."""

    protocol_class = Faulty

    def application_checker(self) -> None:
        pass


if __name__ == "__main__":
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1]) if sys.argv[1:] else 0))
    print(f"Stage on http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    Stage(application, endpoints=[f"fd:fileno={listener.fileno()}"]).run()
