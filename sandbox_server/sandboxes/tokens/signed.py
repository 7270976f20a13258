"""Tokens that Django signs: who it is, of which log-in, and until when. Nothing is kept but what has been used up."""

from dataclasses import dataclass
from math import ceil
from secrets import token_urlsafe
from time import time
from typing import Any

from channels.db import database_sync_to_async
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.signing import BadSignature, TimestampSigner

ACCESS_SECONDS = 60
REFRESH_SECONDS = 120

# Two salts: a token for one purpose is none for the other. A dot, since a subprotocol may have no colon in it.
access = TimestampSigner(salt="access to a WebSocket", sep=".")
refresh = TimestampSigner(salt="a new pair of tokens", sep=".")


@dataclass(frozen=True)
class Grant:
    """What an access token says."""

    user: Any
    until: float


def new_pair(user_id: int, log_in: str, seconds: int) -> dict[str, Any]:
    """An access token for connections, and a refresh token for the next pair."""
    return {
        "access": access.sign_object([user_id, log_in, ceil(time()) + seconds]),
        "refresh": refresh.sign_object([user_id, log_in, token_urlsafe(12)]),
        "expires_in": seconds,
    }


async def grant_of(token: str) -> Grant | None:
    """Nothing, if it is forged, too old, of the other kind, of a log-in that has been ended, or of nobody any more."""
    try:
        user_id, log_in, until = access.unsign_object(token, max_age=ACCESS_SECONDS + 1)
    except (BadSignature, UnicodeEncodeError):  # in JSON a client can send half a character
        return None
    if until <= time() or await cache.aget(ended(log_in)):
        return None
    user = await find_user(pk=user_id)
    return Grant(user, until) if user else None


@database_sync_to_async
def find_user(**who: Any) -> Any:
    """In a thread, since it asks the database, and with a connection that is not too old: that is what this adds."""
    return get_user_model().objects.filter(is_active=True, **who).first()


async def next_pair(token: str, seconds: int) -> dict[str, Any] | None:
    """For a refresh token, which is good once. Who comes with a used one is a thief, or the one who was robbed."""
    try:
        user_id, log_in, once = refresh.unsign_object(token, max_age=REFRESH_SECONDS)
    except (BadSignature, UnicodeEncodeError):
        return None
    if not await cache.aadd(f"refreshed-{once}", "used", timeout=REFRESH_SECONDS):  # False if it is there already
        await cache.aadd(ended(log_in), "ended", timeout=REFRESH_SECONDS)
    if await cache.aget(ended(log_in)) or await find_user(pk=user_id) is None:
        return None
    return new_pair(user_id, log_in, seconds)


def ended(log_in: str) -> str:
    """Where it is noted that all tokens of a log-in are no good any more."""
    return f"ended-{log_in}"
