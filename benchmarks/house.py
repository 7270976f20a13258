"""`python -m sandbox_server`, with one consumer more: the one that blocks the shared thread."""

from sandbox_server.__main__ import main  # isort: skip  (first: it chooses Twisted's reactor)

from sandbox_server import asgi  # isort: skip  (second: it sets Django up)

from typing import Any

from django.urls import path

from benchmarks.consumers import BlockingConsumer

routes: Any = asgi.websocket.routes
routes.insert(0, path("ws/block/", BlockingConsumer.as_asgi()))  # type: ignore[arg-type]
main()
