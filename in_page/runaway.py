"""Stops edited code that never gives the event loop back: a loop without an end would hold everything here up.

Python itself watches: each jump backwards in the edited code is an event of `sys.monitoring`. No other code is watched,
so nothing else pays for it.
"""

from __future__ import annotations

import asyncio
import sys
import time
from types import CodeType
from typing import Any

LIMIT_SECONDS = 2.0
"""How long edited code may keep the event loop busy in one go."""

monitoring: Any = getattr(sys, "monitoring", None)
"""Python 3.12 has it, and so has the page's; not each Python that builds and checks this does."""

INSISTENT_SECONDS = 3.0
"""When code that has caught the first exception, and gone on, is told with one that `except Exception` lets pass."""


class RanTooLong(BaseException):
    """Code that went on all the same."""


class Watch:
    """The time that edited code has been busy since the event loop last had its turn."""

    TOOL = 3  # one of the two numbers that sys.monitoring leaves to whoever comes

    def __init__(self) -> None:
        self.began: float | None = None

    def start(self) -> None:
        monitoring.use_tool_id(self.TOOL, "runaway")
        monitoring.register_callback(self.TOOL, monitoring.events.JUMP, self.jumped)

    def over(self, code: CodeType) -> None:
        """Watch this code, and all that is defined in it."""
        monitoring.set_local_events(self.TOOL, code, monitoring.events.JUMP)
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                self.over(constant)

    def jumped(self, code: CodeType, origin: int, target: int) -> None:
        now = time.monotonic()
        if self.began is None:
            self.began = now
            asyncio.get_event_loop_policy().get_event_loop().call_soon(self.turn)
        elif now - self.began > INSISTENT_SECONDS:
            raise RanTooLong(f"this code kept the event loop busy for {INSISTENT_SECONDS:g} s")
        elif now - self.began > LIMIT_SECONDS:
            raise TimeoutError(f"this code kept the event loop busy for {LIMIT_SECONDS:g} s")

    def turn(self) -> None:
        """The event loop has had its turn."""
        self.began = None
