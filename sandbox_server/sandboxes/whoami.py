"""Django's own sessions and users behind a WebSocket, and the views that log a demo user in and out."""

import json

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.views.decorators.http import require_GET, require_POST


# --8<-- [start:consumer]
class WhoAmIConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self) -> None:
        await self.accept()
        user = self.scope["user"]
        await self.send_json({"user": str(user), "is_authenticated": user.is_authenticated})
        if not user.is_authenticated:
            await self.close(code=4401)


# --8<-- [end:consumer]


@require_GET
def session(request: HttpRequest) -> JsonResponse:
    """Who is logged in, and the token that a POST must bring back."""
    return JsonResponse({"user": request.user.get_username(), "csrf_token": get_token(request)})


@require_POST
def log_in(request: HttpRequest) -> JsonResponse:
    """Check a name and a password, and start a session."""
    try:
        credentials = json.loads(request.body)
        user = authenticate(request, username=credentials["username"], password=credentials["password"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse({"error": "send a JSON object with username and password"}, status=400)
    if user is None:
        return JsonResponse({"error": "no such user and password"}, status=403)
    login(request, user)
    return JsonResponse({"user": user.get_username()})


@require_POST
def log_out(request: HttpRequest) -> JsonResponse:
    """End the session."""
    logout(request)
    return JsonResponse({"user": ""})


websocket_urlpatterns = [path("ws/whoami/", WhoAmIConsumer.as_asgi())]

urlpatterns = [
    path("demo/session/", session),
    path("demo/login/", log_in),
    path("demo/logout/", log_out),
]
