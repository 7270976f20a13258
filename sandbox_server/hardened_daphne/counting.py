"""How connections begin and end, and how many messages they bring, counted in sandbox_server/tally.py."""

from __future__ import annotations

from typing import Any

from daphne.ws_protocol import WebSocketProtocol

from sandbox_server.tally import tally


class Counting(WebSocketProtocol):  # type: ignore[misc]
    """A connection that is counted. Whoever is refused is counted in handshake.py."""

    was_open = False

    def onOpen(self) -> None:
        self.was_open = True
        tally.websockets_open += 1
        tally.handshakes["101"] += 1
        super().onOpen()

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        tally.messages_in += 1
        super().onMessage(payload, isBinary)

    def sendMessage(self, payload: bytes, *args: Any, **kwargs: Any) -> None:
        tally.messages_out += 1
        super().sendMessage(payload, *args, **kwargs)

    def onClose(self, wasClean: bool, code: int | None, reason: str | None) -> None:
        """The code that crossed first: autobahn tells the application of the answer to it, or of none."""
        if self.was_open:
            self.was_open = False
            tally.websockets_open -= 1
            if self.closedByMe:
                tally.closed("server", self.localCloseCode or 1005)
            elif wasClean:
                tally.closed("client", self.remoteCloseCode or 1005)
            else:
                tally.closed("nobody", 1006)
        super().onClose(wasClean, code, reason)
