"""What stands between the network and the sandboxes: ASGI middleware, one concern a module."""
