"""Rooms: whoever has the link is in, and what one member says, all of them hear."""

from sandbox_server.sandboxes.rooms.consumer import urlpatterns, websocket_urlpatterns

__all__ = ["urlpatterns", "websocket_urlpatterns"]
