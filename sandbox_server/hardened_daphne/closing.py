"""How connections end: with the close frame that somebody asked for, or that a client's mistake calls for."""

from __future__ import annotations

from autobahn.util import encode_truncate
from daphne.ws_protocol import WebSocketProtocol

from sandbox_server.hardened_daphne.events import REASON_BYTES, SERVERS_CODES
from sandbox_server.hardened_daphne.late_bytes import LateBytes
from sandbox_server.limits import CLOSE_SECONDS, MESSAGE_BYTES
from sandbox_server.tally import tally


class Closing(LateBytes, WebSocketProtocol):  # type: ignore[misc]
    """Daphne runs autobahn as it comes, which drops the TCP connection where it could say why: the client sees 1006."""

    failByDrop = False
    """A client that breaks the protocol gets a close frame: 1002, 1007 or 1009."""

    echoCloseCodeReason = True
    """A client's close is answered with its own code (RFC 6455, 5.5.1), so that its close event shows it, not 1000."""

    closeHandshakeTimeout = CLOSE_SECONDS
    """A client that is slow to answer a close frame has closed in order all the same."""

    def sendClose(self, code: int | None = None, reason: str | None = None) -> None:
        """Close as the consumer asks (daphne#374).

        autobahn takes a browser's codes only, 1000 and 3000 to 4999, and raises for others. That stays so
        for codes that are not a consumer's to send: the exception ends the consumer, and the client sees 1011.
        """
        if code in SERVERS_CODES:
            self.sendCloseFrame(code, encode_truncate(reason, REASON_BYTES))
        else:
            super().sendClose(code, reason)

    def onMessageFrameBegin(self, length: int) -> None:
        """Refuse a message for its announced length. autobahn's own limit is for what the server sends, too."""
        if self.message_data_total_length + length > MESSAGE_BYTES:
            tally.limit_hit("message bytes")
            self._fail_connection(1009, f"a message may have {MESSAGE_BYTES} bytes")
        super().onMessageFrameBegin(length)

    def _fail_connection(self, code: int = 1001, reason: str = "going away") -> None:
        """Send the close frame and nothing after it. A second mistake changes nothing: autobahn would drop TCP."""
        if not self.failedByMe:
            super()._fail_connection(code, reason)
            self.transport.loseWriteConnection()

    def dataReceived(self, data: bytes) -> None:
        """After a client's mistake, throw away what it sends until it hangs up (RFC 6455, 7.1.7) or time is up. Whoever
        was sent a close frame has so much to say before its own.

        This leaves out autobahn's line for the log, as in backpressure.py.
        """
        if self.failedByMe or self.state == self.STATE_CLOSING:
            self.count_late(data)
        if not self.failedByMe:
            self._dataReceived(data)

    def dropConnection(self, abort: bool = False) -> None:
        """End TCP in order. autobahn resets it, and what a slow client has yet to read is lost, the close frame first.

        A client that takes nothing is cut all the same: see backpressure.py.
        """
        super().dropConnection(abort=False)

    def onClose(self, wasClean: bool, code: int | None, reason: str | None) -> None:
        """Daphne's raises where the handshake failed before it had a part in it."""
        if hasattr(self, "server"):
            super().onClose(wasClean, code, reason)
