"""What a protocol raises, such as on a frame: it ends the connection, and the log says why.

Twisted tells it to a log of its own, which Daphne sends to nowhere.
"""

from __future__ import annotations

import logging
from typing import Any

from twisted.logger import globalLogPublisher

from sandbox_server.tally import tally

logger = logging.getLogger("daphne.server")


def tell(event: dict[str, Any]) -> None:
    """One event of Twisted's log; those without a failure are no fault."""
    if (failure := event.get("log_failure")) is not None:
        tally.exceptions += 1
        cause = (failure.type, failure.value, failure.getTracebackObject())
        logger.error("Exception inside the server: %s", failure.value, exc_info=cause)


def tell_faults() -> None:
    globalLogPublisher.addObserver(tell)  # type: ignore[arg-type]
