"""A request over HTTP, as a server hands it to an application: without what Django's test client does around it."""

from __future__ import annotations

import asyncio
from typing import Any


async def get(application: Any, path: str) -> None:
    """Ask, and let whatever goes wrong be raised. The visitor stays until the answer has ended."""
    events = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Any:
        return events.pop() if events else await asyncio.Future()

    async def send(event: Any) -> None:
        pass

    headers = [(b"host", b"example.org")]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": headers}
    await application(scope, receive, send)
