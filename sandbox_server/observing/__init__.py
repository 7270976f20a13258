"""What a reader sees of their own connections: the wire, ASGI and the consumer, recorded and streamed to the page."""
