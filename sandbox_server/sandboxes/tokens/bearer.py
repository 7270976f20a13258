"""A token in the handshake: in the header that apps can send, or among the subprotocols, which pages can."""

from typing import Any

from channels.middleware import BaseMiddleware
from django.contrib.auth.models import AnonymousUser

from sandbox_server.sandboxes.tokens.signed import grant_of


class BearerMiddleware(BaseMiddleware):
    """Puts `user` into the scope, as AuthMiddleware does, and `grant`: what the token says, if it is a good one."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        token = from_header(scope) or from_subprotocols(scope)
        grant = await grant_of(token) if token else None
        user = grant.user if grant else AnonymousUser()
        return await super().__call__(dict(scope, grant=grant, user=user), receive, send)


def from_header(scope: Any) -> str:
    """`Authorization: Bearer …`. Names of headers are in lower case here, and all of it is bytes."""
    value = dict(scope["headers"]).get(b"authorization", b"").decode("latin-1")
    scheme, _, token = value.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def from_subprotocols(scope: Any) -> str:
    """`new WebSocket(url, ["bearer", token])`."""
    match scope.get("subprotocols"):
        case ["bearer", str(token)]:
            return token
    return ""
