"""Graceful shutdown: at SIGTERM every WebSocket is told, and what runs may finish.

Plain Daphne cancels its applications and lets the sockets drop: every client sees 1006 (daphne#38).
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Mapping
from functools import partial
from threading import Timer
from typing import Any

from sandbox_server.hardened_daphne.protocol import WebSocketProtocol
from sandbox_server.limits import SHUTDOWN_EXIT_SECONDS, SHUTDOWN_GRACE_SECONDS

APPLICATION = "application_instance"  # Daphne's key


def hear_signals() -> None:
    """From the signal on, the process has so long to end. A consumer that sleeps in the event loop keeps the loop from
    ever hearing of the signal, and so from what is to be done in order.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, partial(end_in_time, signal.getsignal(number)))


def end_in_time(orderly: Any, *signal_and_frame: Any) -> None:
    """`orderly` is the handler that was there: Twisted's, which stops its reactor when that comes round to it."""
    exit_after(SHUTDOWN_EXIT_SECONDS)
    orderly(*signal_and_frame)


async def shut_down(connections: Mapping[Any, dict[str, Any]]) -> None:
    """Close every WebSocket with 1012, and wait for the applications, which end when their sockets have closed.

    `connections` are Daphne's own: what it keeps of each connection, by its protocol.
    """
    exit_after(SHUTDOWN_EXIT_SECONDS)
    for connection in list(connections):
        if isinstance(connection, WebSocketProtocol):
            connection.close_for_restart()
    late = {details[APPLICATION] for details in connections.values() if APPLICATION in details}
    if late:
        _, late = await asyncio.wait(late, timeout=SHUTDOWN_GRACE_SECONDS)
    for application in late:
        application.cancel()
    if late:
        await asyncio.wait(late, timeout=SHUTDOWN_EXIT_SECONDS - SHUTDOWN_GRACE_SECONDS)


def exit_after(seconds: float) -> None:
    """Python waits for its worker threads before it exits, and one that sleeps cannot be interrupted."""
    last_resort = Timer(seconds, os._exit, [0])
    last_resort.daemon = True
    last_resort.start()
