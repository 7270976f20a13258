"""A consumer and its tests, in files as a reader's project has them; and a WebSocket that runs those tests."""

from sandbox_server.sandboxes.club.runner import websocket_urlpatterns

__all__ = ["websocket_urlpatterns"]
