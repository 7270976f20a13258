"""The last route: a WebSocket path that no sandbox knows is refused at the handshake.

Without it, Channels raises ValueError ("No route found for path …"), which Daphne answers with 500 and a
traceback in its log for what is only a mistyped address.
"""

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, Scope


async def refuse_unknown_path(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Close before accepting, which ASGI servers send as an HTTP 403 (ASGI spec, WebSocket, Close)."""
    await receive()
    await send({"type": "websocket.close", "code": 1000, "reason": None})
