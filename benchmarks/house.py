"""`python -m sandbox_server`, with two consumers more: one that blocks the shared thread, and one of a group."""

from sandbox_server.__main__ import main  # isort: skip  (first: it chooses Twisted's reactor)

from sandbox_server import asgi  # isort: skip  (second: it sets Django up)

from typing import Any

from django.urls import path

from benchmarks.consumers import BlockingConsumer, GroupConsumer
from sandbox_server.consumer_mixins.subclassing import subclass_consumers

GroupConsumer.channel_layer_alias = "rooms"
more: Any = [path("ws/block/", BlockingConsumer.as_asgi()), path("ws/group/", GroupConsumer.as_asgi())]  # type: ignore[arg-type]
routes: Any = asgi.websocket.routes
routes[:0] = subclass_consumers(more, *asgi.mixins)
main()
