"""For clients that bring no cookie: a ticket, fetched over HTTP, good for one connection and for half a minute."""

from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.middleware import BaseMiddleware
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

SECONDS = 30
User = get_user_model()
signer = TimestampSigner(salt="a ticket for a WebSocket")


@require_POST
def issue_ticket(request: HttpRequest) -> JsonResponse:
    """A ticket for whoever asks, logged in over HTTP in whatever way."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "log in first"}, status=401)
    return JsonResponse({"ticket": signer.sign_object([request.user.pk, token_urlsafe(12)])})


async def user_of(ticket: str) -> Any:
    """Whom a ticket was issued to; nobody, if it is forged, too old or used."""
    try:
        user_id, once = signer.unsign_object(ticket, max_age=SECONDS)
        if await cache.aadd(f"ticket-{once}", "used", timeout=SECONDS):  # False if it is there already
            return await User.objects.aget(pk=user_id, is_active=True)
    except (BadSignature, User.DoesNotExist):
        pass
    return AnonymousUser()


class TicketMiddleware(BaseMiddleware):
    """Puts `user` into the scope, as AuthMiddleware does, but from the query string."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        query = parse_qs(scope["query_string"].decode())
        user = await user_of(query.get("ticket", [""])[0])
        return await super().__call__(dict(scope, user=user), receive, send)


class TicketConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self) -> None:
        await self.accept()
        user = self.scope["user"]
        if user.is_authenticated:
            await self.send_json({"user": str(user)})
        else:
            await self.close(code=4401, reason="no ticket, or not a good one")


urlpatterns = [path("tickets/", issue_ticket)]
websocket_urlpatterns = [path("ws/ticket/", TicketMiddleware(TicketConsumer.as_asgi()))]
