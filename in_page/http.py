"""One HTTP request of the page: to the application's `http` scope, and its response back, part by part."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

logger = logging.getLogger(__name__)


class Page(Protocol):
    """Who asked, and is told of the answer."""

    def started(self, status: int, headers: list[tuple[str, str]]) -> None: ...

    def part(self, data: bytes) -> None: ...

    def finished(self, whole: bool) -> None:
        """The end. `whole` is false where it broke off, or never came."""


class Exchange:
    """One request and its response."""

    def __init__(
        self, application: Any, method: str, url: str, headers: Sequence[tuple[str, str]], body: bytes, page: Page
    ) -> None:
        self.page = page
        self.has_started = self.is_over = False
        self.events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.events.put_nowait({"type": "http.request", "body": body, "more_body": False})
        parts = urlsplit(url)
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "path": unquote(parts.path),
            "raw_path": parts.path.encode(),
            "root_path": "",
            "scheme": parts.scheme,
            "query_string": parts.query.encode(),
            "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers],
            "client": None,  # there are no addresses: nothing crosses a network
            "server": None,
            "asgi": {"version": "3.0"},
        }
        self.task = asyncio.get_running_loop().create_task(application(scope, self.events.get, self.send))
        self.task.add_done_callback(self.application_ended)

    async def send(self, event: dict[str, Any]) -> None:
        """The application's `send`. After the end of the response it does nothing."""
        if self.is_over:
            return
        match event["type"]:
            case "http.response.start" if self.has_started:
                raise ValueError("HTTP response has already been started")
            case "http.response.start":
                self.has_started = True
                headers = [
                    (name.decode("latin-1"), value.decode("latin-1")) for name, value in event.get("headers", ())
                ]
                self.page.started(event["status"], headers)
            case "http.response.body" if not self.has_started:
                raise ValueError("HTTP response has not yet been started but got http.response.body")
            case "http.response.body":
                if body := event.get("body", b""):
                    self.page.part(body)
                if not event.get("more_body", False):
                    self.end(whole=True)
            case other:
                raise ValueError(f"Cannot handle message type {other}!")

    def application_ended(self, task: asyncio.Task[None]) -> None:
        """An exception: 500 or, in the middle of a response, no more of it."""
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        logger.error("Exception inside application: %s", error, exc_info=error)
        if self.is_over:
            return
        if self.has_started:
            self.end(whole=False)
        else:
            self.page.started(500, [("content-type", "text/plain; charset=utf-8")])
            self.page.part(b"Exception inside application.\n")
            self.end(whole=True)

    def abort(self) -> None:
        """The page wants no answer any more."""
        if not self.is_over:
            self.end(whole=False)

    def end(self, whole: bool) -> None:
        self.is_over = True
        self.events.put_nowait({"type": "http.disconnect"})
        self.page.finished(whole)
