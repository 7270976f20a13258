"""The Origin check as configured: which pages may connect, asked of the application itself."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import Any

import pytest

from sandbox_server.tests.clients import PATIENCE_SECONDS
from sandbox_server.tests.conversation import open_

ALLOWED = [b"http://127.0.0.1:8000", b"http://localhost:8000"]
REFUSED = [
    None,
    b"",
    b"null",
    b"*",
    b"https://127.0.0.1:8000",
    b"http://127.0.0.1:8001",
    b"http://127.0.0.1",
    b"http://127.0.0.1:80",
    b"http://evil.example/http://127.0.0.1:8000",
    b"http://evil.example:8000",
    b"http://sub.localhost:8000",
    b"http://localhost.:8000",
    b"//127.0.0.1:8000",
    b"127.0.0.1:8000",
    b"http://[::1]:8000",
]


def answer_to(origin: bytes | None) -> str:
    """The type of the first event with which the whole application answers a handshake from there."""
    application: Any = import_module("sandbox_server.asgi").application
    headers = [(b"host", b"127.0.0.1:8001")] + ([(b"origin", origin)] if origin is not None else [])

    async def scenario() -> str:
        conversation = open_(application, path="/ws/echo/", query_string=b"", headers=headers, extensions={})
        event = await asyncio.wait_for(conversation.heard.get(), PATIENCE_SECONDS)
        conversation.ended.cancel()
        return str(event["type"])

    return asyncio.run(scenario())


@pytest.mark.parametrize("origin", ALLOWED)
def test_the_sites_own_pages_may_connect(project: None, origin: bytes) -> None:
    """By each of the two names that this machine has for itself."""
    assert answer_to(origin) == "websocket.accept"


@pytest.mark.parametrize("origin", REFUSED)
def test_nobody_else_may(project: None, origin: bytes | None) -> None:
    """Scheme, host and port all count, whole. What is no URL the server refuses before: see test_sandboxes.py."""
    assert answer_to(origin) == "websocket.close"
