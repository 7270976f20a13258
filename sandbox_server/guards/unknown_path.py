"""The last route: a WebSocket path that no sandbox knows is refused at the handshake, with 404.

Without it, Channels raises ValueError ("No route found for path …"), which Daphne answers with 500 and a
traceback in its log for what is only a mistyped address.
"""

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, WebSocketScope


async def refuse_unknown_path(scope: WebSocketScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Send a 404 if the server can (ASGI, Extensions: WebSocket Denial Response); if not, a close, which is a 403."""
    await receive()
    if "websocket.http.response" in (scope.get("extensions") or {}):
        headers = [(b"content-type", b"text/plain; charset=utf-8")]
        await send({"type": "websocket.http.response.start", "status": 404, "headers": headers})
        await send({"type": "websocket.http.response.body", "body": b"No WebSocket here.\n", "more_body": False})
    else:
        await send({"type": "websocket.close", "code": 1000, "reason": None})
