"""The first WebSocket of one's own: a consumer and a route, in two files as a reader's project has them."""

from sandbox_server.sandboxes.hello.routing import websocket_urlpatterns

__all__ = ["websocket_urlpatterns"]
