"""Bare ASGI applications, one with good manners and three with bad ones, to see what the server makes of them."""

from typing import Any

from django.urls import path


async def only_http(scope: Any, receive: Any, send: Any) -> None:
    """The good one: it knows no WebSockets, and says so in the one way that there is."""
    if scope["type"] != "http":
        raise ValueError(f"this application does not know {scope['type']!r} scopes")


async def send_first(scope: Any, receive: Any, send: Any) -> None:
    """Sends a message while the handshake still waits for its answer."""
    await receive()
    await send({"type": "websocket.send", "text": "too early"})


async def send_after_close(scope: Any, receive: Any, send: Any) -> None:
    """Has said goodbye, and goes on talking."""
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close", "code": 4000})
    await send({"type": "websocket.send", "text": "too late"})


async def leave(scope: Any, receive: Any, send: Any) -> None:
    """Returns, and the socket is still open."""
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "text": "I am leaving"})


websocket_urlpatterns = [
    path("ws/manners/only-http/", only_http),
    path("ws/manners/send-first/", send_first),
    path("ws/manners/send-after-close/", send_after_close),
    path("ws/manners/leave/", leave),
]
