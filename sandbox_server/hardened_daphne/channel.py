"""One HTTP connection: how long the head of a request and its body may take, and how large they may be.

Daphne receives a body of any length to its end, in memory and then in temporary files, before it asks the application;
Twisted waits a minute for each next byte, and ends TCP without a word where a header is too long.
"""

from __future__ import annotations

import asyncio
from http.client import responses
from typing import Any

from twisted.web.http import HTTPChannel

from sandbox_server.hardened_daphne.late_bytes import LateBytes
from sandbox_server.limits import BODY_BYTES, BODY_SECONDS, HEAD_SECONDS, LINGER_SECONDS
from sandbox_server.tally import tally

TOLD = {
    400: "This is not a request.",
    408: f"A head may take {HEAD_SECONDS:g} s, and a body {BODY_SECONDS:g} s. Try again at once, and faster.",
    413: f"A body may have {BODY_BYTES} bytes.",
    431: "A header may have 16384 bytes, and so may all of them together.",
}


class Channel(LateBytes, HTTPChannel):
    """Twisted's, with an end to its patience."""

    transport: Any
    _networkProducer: Any
    heard = refused = False
    wait = 0.0
    """Seconds until its turn has come; before, nothing of it is read."""
    deadline: asyncio.TimerHandle | None = None

    def connectionMade(self) -> None:
        super().connectionMade()
        if self.wait:
            self.transport.pauseProducing()
            self.deadline = asyncio.get_running_loop().call_later(self.wait, self.begin)
        else:
            self.expect(HEAD_SECONDS)

    def begin(self) -> None:
        self.expect(HEAD_SECONDS)
        self.transport.resumeProducing()

    def expect(self, seconds: float) -> None:
        """Whatever comes next must have come, whole, by then."""
        self.stop_waiting()
        self.deadline = asyncio.get_running_loop().call_later(seconds, self.lose_patience)

    def stop_waiting(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None

    def lose_patience(self) -> None:
        """Say why, to a client that has begun to speak."""
        self.deadline = None
        if self.heard:
            self.refuse(408)
        else:
            self.transport.loseConnection()

    def dataReceived(self, data: bytes) -> None:
        if self.refused:
            self.count_late(data)
            return
        self.heard = True
        if self.deadline is None and not self.requests:  # the next request of a connection that is kept
            self.expect(HEAD_SECONDS)
        super().dataReceived(data)
        self.hand_over()

    def hand_over(self) -> None:
        """Pass on what came along with a handshake to the WebSocket that this connection has become. Twisted keeps it
        for the next request, which never comes, and reads no more if it is long.
        """
        successor = getattr(self.transport, "protocol", self)
        if successor is not self and self._dataBuffer:
            early, self._dataBuffer = b"".join(self._dataBuffer), []
            self._networkProducer.resumeProducing()
            successor.dataReceived(early)

    def lineReceived(self, line: bytes) -> None:
        """Of what has arrived together with that which was refused, nothing more counts."""
        if not self.refused:
            super().lineReceived(line)

    def rawDataReceived(self, data: bytes) -> None:
        if not self.refused:
            super().rawDataReceived(data)

    def headerReceived(self, line: bytes) -> bool:
        """Twisted raises for a Content-Length of more digits than Python reads."""
        try:
            return bool(super().headerReceived(line))
        except ValueError:
            self.refuse(400)
            return False

    def lineLengthExceeded(self, line: bytes) -> None:
        self.refuse(431)

    def allHeadersReceived(self) -> None:
        """Refuse a body for its announced length: before its first byte is kept, before "100 Continue" asks for it."""
        if self.length is not None and self.length > BODY_BYTES:
            self.refuse(413)
        elif not self.refused:
            super().allHeadersReceived()
            self.expect(BODY_SECONDS)

    def allContentReceived(self) -> None:
        if not self.refused:
            self.stop_waiting()
            super().allContentReceived()

    def connectionLost(self, reason: Any = None) -> None:
        self.stop_waiting()
        super().connectionLost(reason)

    def _respondToBadRequestAndDisconnect(self) -> None:
        """Twisted's answer to all that is no request; a client that is still sending would not see it."""
        self.refuse(400)

    def refuse(self, status: int) -> None:
        """Answer, and throw away what still comes until the client hangs up or time is up: at an end of TCP with bytes
        unread, the answer would be lost with them.
        """
        if self.refused:
            return
        self.refused = True
        if status != 400:
            tally.limit_hit(f"HTTP {status}")
        self.stop_waiting()
        self.setTimeout(None)
        body = f"{TOLD[status]}\n".encode()
        lines = [
            f"HTTP/1.1 {status} {responses[status]}",
            "Content-Type: text/plain; charset=utf-8",
            f"Content-Length: {len(body)}",
            "Connection: close",
        ]
        self.transport.write("\r\n".join([*lines, "", ""]).encode() + body)
        self.transport.loseWriteConnection()
        self.deadline = asyncio.get_running_loop().call_later(LINGER_SECONDS, self.transport.abortConnection)
