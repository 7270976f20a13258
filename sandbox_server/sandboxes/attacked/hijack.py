"""A handshake from any page, with the cookies of your own browser: this plays the server to three front doors.

The server's own door refuses foreign pages. One that lets them in is played, for the visitor who asks and nobody else.
"""

import json
from typing import Any

from channels.auth import AuthMiddlewareStack
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.security.websocket import OriginValidator
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_POST


# --8<-- [start:account]
class AccountConsumer(AsyncJsonWebsocketConsumer):
    """Checks who it is. Whose page that is, it is not told."""

    async def connect(self) -> None:
        await self.accept()
        await self.send_json({"account_of": str(self.scope["user"])})

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        if self.scope["user"].is_authenticated:
            await self.send_json({"moved_to": content.get("pay"), "from": str(self.scope["user"])})
        else:
            await self.send_json({"error": "log in first"})


# --8<-- [end:account]

# --8<-- [start:doors]
inner = AuthMiddlewareStack(AccountConsumer.as_asgi())
DOORS: dict[str, Any] = {
    "open": inner,
    "hosts": OriginValidator(inner, ["shop.example"]),  # as in ALLOWED_HOSTS
    "origins": OriginValidator(inner, ["https://shop.example"]),
}
# --8<-- [end:doors]


@require_POST
async def knock(request: HttpRequest, door: str) -> JsonResponse:
    """Play one handshake and one message of a page whose origin the body names, and say what that page would hear."""
    if door not in DOORS:
        raise Http404
    try:
        order = json.loads(request.body)
        headers = [(b"origin", order["origin"].encode("latin-1"))] if "origin" in order else []
        if order.get("cookie") is not False:  # `false` is what SameSite makes of it
            headers.append((b"cookie", request.headers.get("cookie", "").encode("latin-1")))
    except (ValueError, AttributeError, TypeError, RecursionError):
        return JsonResponse({"error": 'send {"origin": "https://…"}, or {}'}, status=400)
    events = [
        {"type": "websocket.connect"},
        {"type": "websocket.receive", "text": '{"pay": "mallory"}'},
        {"type": "websocket.disconnect", "code": 1000},
    ]
    heard: list[Any] = []

    async def receive() -> Any:
        return events.pop(0)

    async def send(event: Any) -> None:
        match event:
            case {"type": "websocket.accept"}:
                heard.append("accepted")
            case {"type": "websocket.close"}:
                heard.append("refused")
                del events[:-1]  # nothing is said to who was never let in
            case {"text": text}:
                heard.append(json.loads(text))

    try:
        scope = {"type": "websocket", "path": "/", "query_string": b"", "headers": headers, "subprotocols": []}
        await DOORS[door](scope, receive, send)
    except ValueError as error:  # an origin that is no address at all
        heard.append(f"raised ValueError: {error}")
    return JsonResponse({"page_hears": heard})
