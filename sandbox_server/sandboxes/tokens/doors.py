"""Clients that are no browser, before two front doors: this plays the server to them, and tells what was sent."""

import json
from typing import Any

from channels.security.websocket import OriginValidator
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sandbox_server.sandboxes.tokens.bearer import BearerMiddleware
from sandbox_server.sandboxes.tokens.expiring import BearerConsumer

PAGES = ["https://shop.example", "capacitor://localhost"]


# --8<-- [start:validator]
class PagesFromHere(OriginValidator):
    """Refuses pages from elsewhere, and lets in who is no page: a browser always says whose page it is."""

    def valid_origin(self, parsed_origin: Any) -> bool:
        return parsed_origin is None or bool(super().valid_origin(parsed_origin))


# --8<-- [end:validator]

inner = BearerMiddleware(BearerConsumer.as_asgi())
DOORS = {"strict": OriginValidator(inner, PAGES), "open-to-apps": PagesFromHere(inner, PAGES)}


@csrf_exempt
@require_POST
async def knock(request: HttpRequest, door: str) -> JsonResponse:
    """Play one handshake with the headers that the body names, and say what became of it."""
    try:
        application, named = DOORS[door], json.loads(request.body)
        headers = [(name.lower().encode(), value.encode()) for name, value in named.items()]
    except KeyError as error:
        raise Http404 from error
    except (ValueError, AttributeError, RecursionError):
        return JsonResponse({"error": "send a JSON object of headers"}, status=400)
    events = [{"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": 1000}]
    sent: list[Any] = []

    async def receive() -> Any:
        return events.pop(0)

    async def send(event: Any) -> None:
        sent.append(told(event))

    scope = {"type": "websocket", "path": "/", "query_string": b"", "headers": headers, "subprotocols": []}
    try:
        await application(scope, receive, send)
    except ValueError as error:  # an origin that is no address at all
        sent.append(f"raised ValueError: {error}")
    return JsonResponse({"sent": sent})


def told(event: Any) -> Any:
    """An event as a line of a transcript would have it."""
    match event:
        case {"type": "websocket.accept"}:
            return "accepted"
        case {"type": "websocket.close"}:
            return f"closed {event['code']}" if "code" in event else "refused"
    return json.loads(event["text"])
