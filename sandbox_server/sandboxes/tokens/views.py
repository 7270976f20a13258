"""The two requests with which an app gets its tokens. They read no cookie and set none."""

import json
from secrets import token_urlsafe
from typing import Any

from django.contrib.auth import aauthenticate
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sandbox_server.sandboxes.tokens.signed import ACCESS_SECONDS, new_pair, next_pair


@csrf_exempt  # a page from elsewhere can misuse a cookie, and here none counts
@require_POST
async def log_in(request: HttpRequest) -> JsonResponse:
    """A first pair, for a name and a password."""
    match read(request):
        case {"username": str(username), "password": str(password), **more}:
            if user := await user_named(request, username, password):
                return JsonResponse(new_pair(user.pk, token_urlsafe(6), seconds_in(more)))
            return JsonResponse({"error": "no such user and password"}, status=401)
    return JsonResponse({"error": "send a JSON object with username and password"}, status=400)


@csrf_exempt
@require_POST
async def refresh(request: HttpRequest) -> JsonResponse:
    """The next pair, for a refresh token."""
    match read(request):
        case {"refresh": str(token), **more}:
            if pair := await next_pair(token, seconds_in(more)):
                return JsonResponse(pair)
            return JsonResponse({"error": "log in again"}, status=401)
    return JsonResponse({"error": "send a JSON object with refresh"}, status=400)


async def user_named(request: HttpRequest, username: str, password: str) -> Any:
    try:
        return await aauthenticate(request, username=username, password=password)
    except ValueError:  # half a character, or a zero: no database takes them
        return None


def read(request: HttpRequest) -> Any:
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        return None


def seconds_in(more: dict[str, Any]) -> int:
    """How long an access token lasts is the server's to say. On this site a reader may ask for less, to see it end."""
    match more:
        case {"seconds": int(seconds)}:
            return min(max(seconds, 1), ACCESS_SECONDS)
    return ACCESS_SECONDS
