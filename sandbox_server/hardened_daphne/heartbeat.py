"""Peers that are gone without a word, found by pings; by a clock that nobody sets.

Daphne measures with the time of day: set forward, it closed every socket with 1000; set back, it would ping nobody for
as long.
"""

from __future__ import annotations

from time import monotonic

from daphne.ws_protocol import WebSocketProtocol

from sandbox_server.limits import HEARTBEAT_SECONDS


class Heartbeat(WebSocketProtocol):  # type: ignore[misc]
    """A connection that is asked, after each silence, whether it is still there. autobahn waits for the answer."""

    def connectionMade(self) -> None:
        super().connectionMade()
        self.quiet_since = monotonic()

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        self.quiet_since = monotonic()
        super().onMessage(payload, isBinary)

    def check_timeouts(self) -> None:
        """Daphne calls this every two seconds. However long a connection lasts, that is no reason to close it."""
        silence = monotonic() - self.quiet_since
        if self.state == self.STATE_CONNECTING and silence > self.server.websocket_connect_timeout:
            self.serverReject()
        elif self.state == self.STATE_OPEN and silence > HEARTBEAT_SECONDS:
            self.quiet_since = monotonic()
            self._sendAutoPing()
