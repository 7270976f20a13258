"""Middleware for JWTs as posts and answers have it, each with a mistake that people copy."""

from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.middleware import BaseMiddleware
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser

from sandbox_server.sandboxes.tokens.signed import find_user
from sandbox_server.sandboxes.tokens.signed_jwt import decode, token_in, verified


class WhoConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self) -> None:
        await self.accept()
        user = self.scope["user"]
        await self.send_json({"user": str(user)})
        if not user.is_authenticated:
            await self.close(code=4401)


def look_up(claims: Any) -> Any:
    return get_user_model().objects.get(username=claims["sub"])


class FromAnOldPost(BaseMiddleware):
    """Of the days of Channels 2: it asks the database where the event loop runs."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        claims = verified(token_in(scope), "access")
        scope["user"] = look_up(claims) if claims else AnonymousUser()
        return await super().__call__(scope, receive, send)


class QuietLookup(BaseMiddleware):
    """The same, and the exception is swallowed: now nobody is told, and nobody is logged in."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        try:
            scope["user"] = look_up(verified(token_in(scope), "access"))
        except Exception:
            scope["user"] = AnonymousUser()
        return await super().__call__(scope, receive, send)


class Trusting(BaseMiddleware):
    """Has the token say how it is to be checked, and takes its word for who it is."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        claims = as_it_says(token_in(scope))
        user = get_user_model()(username=claims["sub"]) if claims else AnonymousUser()
        return await super().__call__(dict(scope, user=user), receive, send)


def as_it_says(token: str) -> Any:
    """A token may say: not at all."""
    try:
        match [decode(part) for part in token.split(".")[:2]]:
            case [{"alg": "none"}, {"sub": str()} as claims]:
                return claims
    except (ValueError, RecursionError):  # no token at all
        return None
    return verified(token, "access")


class TypeBlind(BaseMiddleware):
    """Asks for a signature and for no kind: what was given out to get tokens with opens connections, too."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        claims = verified(token_in(scope), "access") or verified(token_in(scope), "refresh")
        user = await find_user(username=claims["sub"]) if claims else None
        return await super().__call__(dict(scope, user=user or AnonymousUser()), receive, send)
