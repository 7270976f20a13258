"""What a flood has left free in this process, given back to the system.

glibc keeps memory that was freed below memory that is still in use, as if it were needed again: 200 connections that
were full leave 150 MiB. `malloc_trim` gives whole pages of it back (malloc_trim(3)). Where there is none, on musl and
on macOS, nothing is done.
"""

from __future__ import annotations

import ctypes

from twisted.internet.task import LoopingCall

from sandbox_server.limits import SPARE_MEMORY_SECONDS

malloc_trim = getattr(ctypes.CDLL(None), "malloc_trim", None)


def give_back_at_intervals() -> None:
    """It takes the event loop a few milliseconds, where there is much to give back."""
    if malloc_trim is not None:
        LoopingCall(malloc_trim, 0).start(SPARE_MEMORY_SECONDS, now=False)
