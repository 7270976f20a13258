"""A JSON Web Token with Python's own library, to see what is to be checked. In a project a library does this: PyJWT."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from math import ceil
from time import time
from typing import Any
from urllib.parse import parse_qs

from channels.middleware import BaseMiddleware
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from sandbox_server.sandboxes.tokens.signed import ACCESS_SECONDS, find_user

HEADER = {"alg": "HS256", "typ": "JWT"}


def encode(part: bytes) -> str:
    return urlsafe_b64encode(part).decode().rstrip("=")


def decode(part: str) -> Any:
    return json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def signature(signed: str) -> str:
    return encode(hmac.digest(b"JWT" + settings.SECRET_KEY.encode(), signed.encode(), hashlib.sha256))


def sign(claims: dict[str, Any]) -> str:
    signed = ".".join(encode(json.dumps(part).encode()) for part in (HEADER, claims))
    return f"{signed}.{signature(signed)}"


# --8<-- [start:right]
def verified(token: str, kind: str) -> Any:
    """The claims of a token; nothing, unless each check holds. The algorithm is ours to choose, and not the token's."""
    try:
        signed, _, came = token.rpartition(".")
        if not hmac.compare_digest(came.encode(), signature(signed).encode()):
            return None
        header, claims = map(decode, signed.split("."))
    except ValueError:  # no token at all
        return None
    good = header["alg"] == "HS256" and claims["exp"] > time() and claims["token_type"] == kind
    return claims if good else None


class JwtMiddleware(BaseMiddleware):
    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        claims = verified(token_in(scope), "access")
        user = await find_user(username=claims["sub"]) if claims else None
        return await super().__call__(dict(scope, user=user or AnonymousUser()), receive, send)


# --8<-- [end:right]


def token_in(scope: Any) -> str:
    """From the query string, as in the posts that are copied. For where else it could be, see the page."""
    query = parse_qs(scope["query_string"].decode("latin-1"))
    return str(query.get("token", [""])[0])


@require_POST
def issue_jwt(request: HttpRequest) -> JsonResponse:
    """Both kinds, as Simple JWT calls them, for whoever is logged in."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "log in first"}, status=401)
    claims = {"sub": request.user.get_username(), "exp": ceil(time()) + ACCESS_SECONDS}
    return JsonResponse({kind: sign({**claims, "token_type": kind}) for kind in ("access", "refresh")})
