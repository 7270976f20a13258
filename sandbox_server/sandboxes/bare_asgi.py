"""An ASGI application with no framework around it: one coroutine function for both protocols."""

import json
from typing import Any

from django.urls import path


# --8<-- [start:application]
async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] not in ("http", "websocket"):
        raise ValueError(f"this application does not know {scope['type']!r} scopes")
    said = {"type": scope["type"], "path": scope["path"], "query_string": repr(scope["query_string"])}
    if scope["type"] == "http":
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(said).encode()})
    else:
        event = await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": json.dumps({**said, "first_event": event["type"]})})
        while (event := await receive())["type"] != "websocket.disconnect":
            await send({"type": "websocket.send", "text": json.dumps({"next_event": event})})


# --8<-- [end:application]


http_applications = [path("asgi/", application)]
websocket_urlpatterns = [path("ws/asgi/", application)]
