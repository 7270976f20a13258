"""The race: a consumer, and the two servers that it lets run, each with its application."""

from sandbox_server.sandboxes.race.consumer import websocket_urlpatterns

__all__ = ["websocket_urlpatterns"]
