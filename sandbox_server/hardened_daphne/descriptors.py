"""File descriptors that are used up: nobody new gets in, and the log says so.

Twisted then takes each new connection by the one descriptor that it has kept, and closes it at once. It tells that to a
log of its own, which Daphne sends to nowhere.
"""

from __future__ import annotations

import logging
from time import monotonic
from typing import Any

from twisted.logger import globalLogPublisher

from sandbox_server.limits import NO_DESCRIPTORS_SECONDS
from sandbox_server.tally import tally

logger = logging.getLogger("daphne.server")

USED_UP = ("EMFILE encountered", "Could not accept new connection")
"""What Twisted's words for it begin with."""


class Teller:
    """Hears Twisted's log, and passes this on, once in a while."""

    def __init__(self) -> None:
        self.told_at = float("-inf")

    def __call__(self, event: dict[str, Any]) -> None:
        if not str(event.get("log_format") or "").startswith(USED_UP):
            return
        tally.limit_hit("file descriptors")
        if monotonic() - self.told_at > NO_DESCRIPTORS_SECONDS:
            self.told_at = monotonic()
            logger.error("No file descriptors are left: new connections are closed at once. Raise `ulimit -n`.")


def tell_when_used_up() -> None:
    globalLogPublisher.addObserver(Teller())  # type: ignore[arg-type]
