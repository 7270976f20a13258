"""`python -m benchmarks.memory_server plain|house PORT`: an echo and a stuck consumer, on Daphne or on ours."""

from sandbox_server.hardened_daphne.server import Server  # isort: skip  (first: it chooses Twisted's reactor)

import asyncio
import sys
from typing import Any

import daphne.server

from benchmarks import raw

SERVERS = {"plain": daphne.server.Server, "house": Server}


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["path"] == "/stuck":
        await receive()
        await send({"type": "websocket.accept"})
        await asyncio.Event().wait()
    else:
        await raw.application(scope, receive, send)


if __name__ == "__main__":
    _, name, port = sys.argv
    SERVERS[name](application, endpoints=[f"tcp:{port}:interface=127.0.0.1"]).run()
