"""A bare ASGI application that tells what it is told of whoever asks."""

import json
from typing import Any

from .visitor import header, visitor

TOLD = ("host", "upgrade", "x-forwarded-for", "x-forwarded-proto")


def seen(scope: Any) -> dict[str, Any]:
    """Of the scope, which is all that an application knows of a connection, what a proxy changes."""
    client = (scope.get("client") or [None])[0]
    told = {"type": scope["type"], "scheme": scope.get("scheme"), "client": client, "believed": visitor(scope)}
    return told | {name: header(scope, name) for name in TOLD}


async def application(scope: Any, receive: Any, send: Any) -> None:
    said = json.dumps(seen(scope))
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": said})
        while (await receive())["type"] != "websocket.disconnect":
            pass
    else:
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": said.encode()})
