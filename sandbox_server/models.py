"""The tables, where Django looks for them. Each is its sandbox's."""

from sandbox_server.sandboxes.durable.models import DurableClient, DurableMessage
from sandbox_server.sandboxes.orders.models import Order

__all__ = ["DurableClient", "DurableMessage", "Order"]
