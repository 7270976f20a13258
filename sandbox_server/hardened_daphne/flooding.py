"""Frames that bring an application nothing, and cost the server their reading: each kind has its budget.

Pings are answered, pongs that nobody asked for are passed over, and a message may come in any number of fragments,
empty ones among them. Beyond its budget each closes with 1008.
"""

from __future__ import annotations

from daphne.ws_protocol import WebSocketProtocol

from sandbox_server.limits import (
    BURST_FRAGMENTS,
    BURST_PINGS,
    BURST_PONGS,
    FRAGMENTS_PER_SECOND,
    PINGS_PER_SECOND,
    PONGS_PER_SECOND,
)
from sandbox_server.tally import tally
from sandbox_server.token_bucket import TokenBucket

CONTINUATION = 0
"""The opcode of every frame of a message after its first."""


class Flooding(WebSocketProtocol):  # type: ignore[misc]
    """A connection that reads only so many of them."""

    def connectionMade(self) -> None:
        super().connectionMade()
        self.pings = TokenBucket(PINGS_PER_SECOND, BURST_PINGS)
        self.pongs = TokenBucket(PONGS_PER_SECOND, BURST_PONGS)
        self.fragments = TokenBucket(FRAGMENTS_PER_SECOND, BURST_FRAGMENTS)

    def onPing(self, payload: bytes) -> None:
        """Answer. A flood of pings whose answers are never read would fill the memory, too."""
        if self.pings.take():
            super().onPing(payload)
        else:
            self.flooded_by("pings")

    def onPong(self, payload: bytes) -> None:
        if not self.pongs.take():
            self.flooded_by("pongs")

    def onMessageFrameBegin(self, length: int) -> None:
        if self.current_frame.opcode == CONTINUATION and not self.fragments.take():
            self.flooded_by("fragments")
        super().onMessageFrameBegin(length)

    def flooded_by(self, frames: str) -> None:
        tally.limit_hit(frames)
        self._fail_connection(1008, f"too many {frames}")

    def processData(self) -> bool:
        """One frame of what has been read; none, once the connection has failed."""
        return not self.failedByMe and bool(super().processData())
