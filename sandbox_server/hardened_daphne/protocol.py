"""A WebSocket connection on Daphne, made fit for the public: what it does otherwise with the application's events."""

from __future__ import annotations

from typing import Any

from sandbox_server.hardened_daphne.backpressure import Backpressure
from sandbox_server.hardened_daphne.closing import Closing
from sandbox_server.hardened_daphne.counting import Counting
from sandbox_server.hardened_daphne.events import is_empty
from sandbox_server.hardened_daphne.flooding import Flooding
from sandbox_server.hardened_daphne.handshake import RESTARTING, Handshake
from sandbox_server.hardened_daphne.heartbeat import Heartbeat


class WebSocketProtocol(Counting, Backpressure, Flooding, Heartbeat, Handshake, Closing):
    """Daphne's, with each concern's mends."""

    def handle_reply(self, message: dict[str, Any]) -> None:
        """An event from the application. What is not mended goes on to Daphne."""
        match message["type"]:
            case "websocket.send" if self.state in (self.STATE_CLOSING, self.STATE_CLOSED):
                pass  # too late, which Daphne passes over once TCP has ended, too; until then autobahn raises
            case "websocket.send" if self.state == self.STATE_OPEN and is_empty(message):
                self.sendMessage(b"", isBinary=message.get("text") is None)
            case "websocket.accept":
                self.accept(message)
            case "websocket.close" if self.state == self.STATE_OPEN and not message.get("listen", True):
                self._fail_connection(message["code"], message["reason"])
            case "websocket.close" if self.state != self.STATE_CONNECTING:
                code = message.get("code")
                self.sendClose(1000 if code is None else code, message.get("reason") or None)
            case "websocket.drop":
                self.transport.abortConnection()
            case "websocket.http.response.start":
                self.begin_refusal(message)
            case "websocket.http.response.body":
                self.add_to_refusal(message)
            case _:
                super().handle_reply(message)

    def handle_exception(self, exception: BaseException) -> None:
        """The application ended with an exception: 500, or a close with 1011. Nobody takes messages any more."""
        self.muted = True
        self.refusal = None
        super().handle_exception(exception)
        if self.reading_paused:
            self.reading_paused = False
            self.resume_reading()

    def close_for_restart(self) -> None:
        """The server is about to stop: say so, so that the client knows that it may come back."""
        if self.state == self.STATE_CONNECTING:
            self.begin_refusal(RESTARTING)
            self.serverReject()
        elif self.state == self.STATE_OPEN:
            self.sendClose(1012, "service restart")
        elif self.is_deaf:
            self.transport.abortConnection()
