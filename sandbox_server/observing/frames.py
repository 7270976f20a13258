"""What really crossed the wire on an observed connection: the handshake's bytes and each frame.

A connection that nobody observes pays one look into its query string.
"""

from __future__ import annotations

from typing import Any

from contract.events import Frame, HandshakeRequest, HandshakeResponse, Way
from sandbox_server.hardened_daphne.protocol import WebSocketProtocol
from sandbox_server.hardened_daphne.request import Request
from sandbox_server.hardened_daphne.server import Server
from sandbox_server.limits import OBSERVED_PAYLOAD_BYTES
from sandbox_server.observing.observer import SCOPE_KEY
from sandbox_server.observing.recording import Recording, read_query
from sandbox_server.observing.redaction import hide_in_head


class ObservedRequest(Request):
    """Keeps the request's header lines as they came: Twisted writes the names its own way."""

    def __init__(self, channel: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(channel, *args, **kwargs)
        self.header_lines: list[bytes] = []

        def keep(line: bytes) -> Any:
            """In place of the one of the request before, on a connection that is kept."""
            self.header_lines.append(line)
            return type(channel).headerReceived(channel, line)

        channel.headerReceived = keep

    def process(self) -> Any:
        """Handle the request; if it became an observed WebSocket, record the handshake that asked for it."""
        transport = self.transport
        done = super().process()
        protocol = getattr(transport, "wrappedProtocol", None) or getattr(transport, "protocol", None)
        recording: Recording | None = getattr(protocol, "recording", None)
        if recording is not None:
            first = b" ".join([self.method, self.uri, self.clientproto])
            head = b"\r\n".join([first, *self.header_lines, b"", b""])
            recording.add(HandshakeRequest(hide_in_head(head.decode("latin-1"))))
        return done


class ObservedProtocol(WebSocketProtocol):
    """Records frames, by autobahn's own hooks, and the response to the handshake."""

    recording: Recording | None = None

    def observe(self, recording: Recording) -> None:
        """From now on, record what crosses."""
        self.recording = recording
        self.logFrames = True
        send = self.sendData

        def record_response(data: bytes, *args: Any, **kwargs: Any) -> None:
            """The first bytes that a server sends are its answer to the handshake."""
            del self.__dict__["sendData"]
            recording.add(HandshakeResponse(hide_in_head(data.decode("latin-1"))))
            send(data, *args, **kwargs)

        self.__dict__["sendData"] = record_response  # on this connection only, and once

    def logRxFrame(self, frameHeader: Any, payload: list[bytes]) -> None:
        self.record_frame("in", frameHeader, b"".join(payload))

    def logTxFrame(self, frameHeader: Any, payload: bytes, *how: Any) -> None:
        self.record_frame("out", frameHeader, payload)

    def record_frame(self, way: Way, header: Any, payload: bytes) -> None:
        """One frame, field by field, its payload without the mask."""
        if self.recording is not None:
            self.recording.add(
                Frame(
                    way=way,
                    fin=bool(header.fin),
                    rsv=header.rsv,
                    opcode=header.opcode,
                    mask=header.mask.hex() if header.mask else None,
                    length=header.length,
                    payload=payload[:OBSERVED_PAYLOAD_BYTES].hex(),
                    cut=len(payload) > OBSERVED_PAYLOAD_BYTES,
                )
            )


class ObservedServer(Server):
    """Finds out, as a connection's application is made, whether it is observed."""

    request_class = ObservedRequest
    protocol_class = ObservedProtocol

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """Take the observer's parameter off the scope; leave the recording there for the middleware."""
        if scope["type"] == "websocket":
            recording, scope["query_string"] = read_query(scope["query_string"], scope["headers"])
            if recording is not None:
                scope[SCOPE_KEY] = recording
                protocol.observe(recording)
        return super().create_application(protocol, scope)
