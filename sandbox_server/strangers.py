"""AuthMiddlewareStack, which asks nobody who a visitor without a session is.

Channels' `get_user` runs in the one thread that all of a process's `sync_to_async` shares, also where there is nothing
to look up: a fifth of what a handshake costs, and it waits there for everybody's slow queries.
"""

from __future__ import annotations

from typing import Any

from channels.auth import AuthMiddleware
from channels.sessions import CookieMiddleware, SessionMiddleware
from django.contrib.auth.models import AnonymousUser


class StrangersAtOnce(AuthMiddleware):
    """Channels' own, but for visitors who bring no session key, or what cannot be one: they are anonymous."""

    async def resolve_scope(self, scope: Any) -> None:
        if scope["session"].session_key is None:
            scope["user"]._wrapped = AnonymousUser()
        else:
            await super().resolve_scope(scope)


def auth_middleware_stack(inner: Any) -> Any:
    return CookieMiddleware(SessionMiddleware(StrangersAtOnce(inner)))
