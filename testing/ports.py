"""Ports for programs that have to be told one."""

from __future__ import annotations

import socket
import sys

held: list[socket.socket] = []
"""Bound and never listening, for as long as the tests run."""


def reserved_port() -> int:
    """A port that the system gave to this process, for a program that it is going to start.

    On Linux it stays bound here, so that the system gives it to nobody else; whoever sets SO_REUSEADDR, as every
    server does, may listen on it all the same. Elsewhere that is not allowed, and the port is only free just now.
    """
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.bind(("127.0.0.1", 0))
    port: int = holder.getsockname()[1]
    if sys.platform == "linux":
        held.append(holder)
    else:
        holder.close()
    return port
