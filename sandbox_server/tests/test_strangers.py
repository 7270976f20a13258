"""Who a visitor is, and whether anybody had to be asked."""

from __future__ import annotations

import asyncio
from typing import Any

import channels.auth
import pytest

ASKED = "somebody who was looked up"
KEY = "0123456789abcdefghijklmnopqrstuv"


@pytest.mark.parametrize(
    ("cookies", "who"),
    [
        ("", "AnonymousUser"),
        ("sessionid=", "AnonymousUser"),
        ("sessionid=short", "AnonymousUser"),
        (f"sessionid={KEY}", ASKED),
    ],
)
def test_only_for_what_may_be_a_session_the_database_is_asked(
    cookies: str, who: str, project: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that is too short to be one is no session to Django, either."""
    from sandbox_server.strangers import auth_middleware_stack

    found: list[str] = []

    async def get_user(scope: Any) -> str:
        return ASKED

    async def application(scope: Any, receive: Any, send: Any) -> None:
        found.append(str(scope["user"]))

    monkeypatch.setattr(channels.auth, "get_user", get_user)
    scope = {"type": "websocket", "headers": [(b"cookie", cookies.encode())]}
    asyncio.run(auth_middleware_stack(application)(scope, None, None))
    assert found == [who]
