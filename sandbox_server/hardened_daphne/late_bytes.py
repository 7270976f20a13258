"""What comes of a client that has been told that this is the end, over HTTP or WebSocket: so much is read, and no more.

At an end of TCP with bytes unread, the last words would be lost with them, so some of it is thrown away. But a client
that goes on sending would cost as much as one that is heard.
"""

from __future__ import annotations

from typing import Any

from sandbox_server.limits import LATE_BYTES


class LateBytes:
    """Mixed into a protocol of Twisted's."""

    transport: Any
    late_bytes = 0

    def count_late(self, data: bytes) -> None:
        """Count what has come after the end; beyond the bound, nothing more is read until time is up."""
        self.late_bytes += len(data)
        if self.is_deaf:
            self.transport.pauseProducing()

    @property
    def is_deaf(self) -> bool:
        """Whether nothing of this client is read any more, not even that it has gone."""
        return self.late_bytes > LATE_BYTES
