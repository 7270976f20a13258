"""The tables, where Django looks for them. Each is its sandbox's."""

from sandbox_server.sandboxes.orders.models import Order

__all__ = ["Order"]
