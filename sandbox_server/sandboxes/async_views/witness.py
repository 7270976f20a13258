"""Calls an application as a server would, for a visitor who may leave, and answers with who did what in which order."""

import asyncio
import json
from contextvars import ContextVar
from threading import current_thread, get_ident
from typing import Any

from sandbox_server.guards.admission import Admission, Full, visitor_of
from sandbox_server.limits import ASYNC_VIEW_SECONDS, ASYNC_VIEWS, ASYNC_VIEWS_PER_VISITOR

admission = Admission("calls", total=ASYNC_VIEWS, per_visitor=ASYNC_VIEWS_PER_VISITOR)


class Notes:
    """What is done for one request, in its order, from whatever thread."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.threads: set[int] = set()
        self.events = {"the view waits": asyncio.Event(), "the task is over": asyncio.Event()}
        self.loop = asyncio.get_running_loop()

    def add(self, line: str) -> None:
        self.lines.append(line)
        if event := self.events.get(line):
            self.loop.call_soon_threadsafe(event.set)

    async def hear(self, line: str) -> None:
        await self.events[line].wait()


notes: ContextVar[Notes] = ContextVar("notes")  # a task, and a thread of sync_to_async, take context variables along


def note(line: str) -> None:
    notes.get().add(line)


def where() -> str:
    """Where the code runs that asks."""
    name = current_thread().name
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        notes.get().threads.add(get_ident())
        return f"in {name}"
    return f"on the event loop of {name}"


async def call(application: Any, scope: Any) -> Notes:
    """One request. With `?leave` its visitor leaves while the view waits."""
    kept = Notes()
    notes.set(kept)
    requests = [{"type": "http.request", "body": b""}]

    async def receive() -> Any:
        if requests:
            return requests.pop()
        if scope["query_string"] != b"leave":
            await asyncio.Event().wait()  # the visitor stays: Django ends this wait once it has answered
        await kept.hear("the view waits")
        kept.add("the visitor leaves")
        return {"type": "http.disconnect"}

    async def send(event: Any) -> None:
        if event["type"] == "http.response.start":
            kept.add(f"the answer is sent: {event['status']}")

    async with asyncio.timeout(ASYNC_VIEW_SECONDS):
        await application(scope, receive, send)
        if "a task is started" in kept.lines:
            await kept.hear("the task is over")
    return kept


def admitted(serve: Any) -> Any:
    """An ASGI application that answers with what `serve(scope)` returns, if there is a place."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        status, headers = 200, [(b"content-type", b"application/json")]
        try:
            with admission.admit(visitor_of(scope)):
                content = await serve(scope)
        except Full as full:
            status, headers = 503, [(b"retry-after", b"1")]
            content = {"error": f"{full} are running: try again in a second"}
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(content).encode()})

    return application


def witness(application: Any) -> Any:
    async def serve(scope: Any) -> list[str]:
        return (await call(application, scope)).lines

    return admitted(serve)
