"""The server's end of one WebSocket: the application's events to frames and back, as this site's Daphne has it.

What is the same there and here stands in `sandbox_server.hardened_daphne`; its tests and this room's hold both to it.
"""

from __future__ import annotations

import asyncio
import logging
import struct
import time
from collections.abc import Callable
from http.client import responses
from typing import Any
from urllib.parse import unquote

from websockets.datastructures import Headers
from websockets.frames import CloseCode, Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import State
from websockets.server import ServerProtocol
from websockets.typing import Subprotocol

from contract.events import HandshakeRequest, HandshakeResponse
from in_page.wire import frame_event
from sandbox_server.hardened_daphne.events import DROP, EXTENSION, REASON_BYTES, SERVERS_CODES, as_text, is_empty
from sandbox_server.limits import MESSAGE_BYTES
from sandbox_server.observing.observer import SCOPE_KEY
from sandbox_server.observing.recording import Recording, read_query
from sandbox_server.observing.redaction import hide_in_head

logger = logging.getLogger(__name__)

HANDSHAKE_SECONDS = 5.0
"""Daphne's: how long an application may leave a handshake without an answer; then TCP is ended."""

LEAVE_SECONDS = 10.0
"""Daphne's: how long an application may go on after its connection has ended; then it is cancelled."""

PING_SECONDS = 20.0
"""Daphne's: how long a connection may be idle before a ping asks if anybody is there. A page's end always answers."""


class Bounded(ServerProtocol):
    """The library's, with this site's limit and its words for it."""

    chosen: Subprotocol | None = None

    def __init__(self) -> None:
        super().__init__(max_size=MESSAGE_BYTES)

    def select_subprotocol(self, subprotocols: Any) -> Subprotocol | None:
        """What the application has chosen."""
        return self.chosen

    def fail(self, code: CloseCode | int, reason: str = "") -> None:
        if code == CloseCode.MESSAGE_TOO_BIG:
            reason = f"a message may have {MESSAGE_BYTES} bytes"
        super().fail(code, reason)


class ServerEnd:
    """What Daphne is to one connection."""

    def __init__(
        self, application: Any, scheme: str, write: Callable[[bytes], None], abort: Callable[[], None]
    ) -> None:
        """`write` takes bytes on their way to the client, no bytes being the end of TCP; `abort` ends it at once."""
        self.application = application
        self.scheme = scheme
        self.write = write
        self.abort_connection = abort
        self.protocol = Bounded()
        self.events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.recording: Recording | None = None
        self.refusal: dict[str, Any] | None = None
        self.refusal_body = b""
        self.muted = False
        """Whether nobody takes events any more, since the application has ended with an exception."""

        self.ended = False
        """Whether TCP has ended, or a refusal was the last of it."""

        self.keepalive: asyncio.TimerHandle | None = None
        self.pings = 0

    # What comes from the client.

    def receive(self, data: bytes) -> None:
        """Bytes as they crossed, one frame at a time; none: the end of TCP."""
        if self.ended:
            return
        is_frame = self.protocol.state is not State.CONNECTING and not self.protocol.eof_sent
        if data:
            self.protocol.receive_data(data)
        else:
            self.protocol.receive_eof()
        if data and is_frame and self.recording and self.protocol.parser_exc is None:
            self.recording.add(frame_event("in", data))
        for event in self.protocol.events_received():
            if isinstance(event, Request):
                self.begin(event)
            elif isinstance(event, Frame):
                self.heard(event)
        self.flush()
        if not data:
            self.end()

    def begin(self, request: Request) -> None:
        """Make the application's scope, and let it begin."""
        self.request = request
        path, _, query = request.path.partition("?")
        headers = [(name.lower().encode(), value.encode()) for name, value in request.headers.raw_items()]
        offered = ",".join(request.headers.get_all("sec-websocket-protocol"))
        self.offered = [name.strip() for name in offered.split(",") if name]
        self.recording, query_string = read_query(query.encode(), headers)
        scope: dict[str, Any] = {
            "type": "websocket",
            "path": unquote(path),
            "raw_path": path.encode(),
            "root_path": "",
            "headers": headers,
            "query_string": query_string,
            "client": None,  # there are no addresses: nothing crosses a network
            "server": None,
            "subprotocols": self.offered,
            "asgi": {"version": "3.0"},
            "extensions": {EXTENSION: {}, DROP: {}},
        }
        if self.recording is not None:
            scope[SCOPE_KEY] = self.recording
            self.recording.add(HandshakeRequest(hide_in_head(request.serialize().decode("latin-1"))))
        self.events.put_nowait({"type": "websocket.connect"})
        loop = asyncio.get_running_loop()
        self.patience = loop.call_later(HANDSHAKE_SECONDS, self.give_up)
        self.task = loop.create_task(self.application(scope, self.events.get, self.send))
        self.task.add_done_callback(self.application_ended)

    def heard(self, frame: Frame) -> None:
        """A message; the browser's end writes each as one frame."""
        if self.muted:
            return
        if frame.opcode in (Opcode.TEXT, Opcode.BINARY):
            self.ping_when_idle()
        if frame.opcode is Opcode.TEXT:
            self.events.put_nowait({"type": "websocket.receive", "text": bytes(frame.data).decode()})
        elif frame.opcode is Opcode.BINARY:
            self.events.put_nowait({"type": "websocket.receive", "bytes": bytes(frame.data)})

    def ping_when_idle(self) -> None:
        """Wait for a message from now on."""
        self.rest()
        self.keepalive = asyncio.get_running_loop().call_later(PING_SECONDS, self.ping)

    def rest(self) -> None:
        if self.keepalive is not None:
            self.keepalive.cancel()

    def ping(self) -> None:
        """Daphne's own: the time in nanoseconds, and how many there were."""
        if self.protocol.state is not State.OPEN:
            return
        self.pings += 1
        self.protocol.send_ping(struct.pack(">QL", time.time_ns(), self.pings))
        self.flush()
        self.ping_when_idle()

    def give_up(self) -> None:
        """The handshake was not answered in time: end TCP without a word."""
        if self.protocol.state is State.CONNECTING:
            self.abort()

    def abort(self) -> None:
        self.abort_connection()
        self.end()

    def end(self) -> None:
        """TCP has ended: tell the application with which code, which is the client's own if there is one."""
        if self.ended:
            return
        self.ended = True
        self.rest()
        if not hasattr(self, "task"):
            return
        self.patience.cancel()
        closed = self.protocol.close_rcvd
        code = 1006 if closed is None else None if closed.code == CloseCode.NO_STATUS_RCVD else closed.code
        if not self.muted:
            self.events.put_nowait({"type": "websocket.disconnect", "code": code})
        if not self.task.done():
            leave = asyncio.get_running_loop().call_later(LEAVE_SECONDS, self.task.cancel)
            self.task.add_done_callback(lambda task: leave.cancel())

    # What comes from the application.

    async def send(self, event: dict[str, Any]) -> None:
        """The application's `send`. After the end of the connection it does nothing."""
        if self.ended:
            return
        connecting = self.protocol.state is State.CONNECTING and not self.protocol.eof_sent
        match event["type"]:
            case "websocket.accept":
                self.accept(event)
            case "websocket.send" if connecting:
                raise ValueError("Socket has not been accepted, so cannot send over it")
            case "websocket.send":
                self.send_message(event)
            case "websocket.close" if connecting:
                self.refuse(403)
            case "websocket.close":
                code = event.get("code")
                self.send_close(1000 if code is None else code, event.get("reason") or "")
            case "websocket.http.response.start":
                if not connecting:
                    raise ValueError("The handshake is over: it can no longer be refused")
                self.refusal = {**event, "headers": list(as_text(event.get("headers") or ()))}
            case "websocket.http.response.body":
                self.add_to_refusal(event)
            case "websocket.drop":
                self.abort()
        self.flush()

    def accept(self, event: dict[str, Any]) -> None:
        """Answer the handshake with the application's subprotocol and headers."""
        subprotocol = event.get("subprotocol")
        if subprotocol is not None and subprotocol not in self.offered:
            raise ValueError(f"The client did not offer the subprotocol {subprotocol!r}")
        headers = list(as_text(event.get("headers") or ()))
        if self.protocol.state is not State.CONNECTING or self.protocol.eof_sent:
            raise RuntimeError("The handshake is over: it was answered before")
        self.protocol.chosen = subprotocol
        response = self.protocol.accept(self.request)
        response.headers.update(headers)
        self.answer(response)
        self.ping_when_idle()

    def send_message(self, event: dict[str, Any]) -> None:
        """One message, as one frame; once a close frame is on its way, nothing."""
        if self.protocol.state is not State.OPEN:
            return
        text, data = event.get("text"), event.get("bytes")
        if text and data:
            raise ValueError(f"Got invalid WebSocket reply message on {event} - contains both bytes and text keys")
        if text or (is_empty(event) and text is not None):
            self.protocol.send_text(text.encode())
        elif data is not None:
            self.protocol.send_binary(data)

    def send_close(self, code: int, reason: str) -> None:
        """Close as the application asks; codes that are not its to send are an error of its own."""
        if code not in SERVERS_CODES and code != 1000 and not 3000 <= code <= 4999:
            raise Exception(f"invalid close code {code} (must be 1000 or from [3000, 4999])")
        if self.protocol.state is State.OPEN:
            self.protocol.send_close(code, reason.encode()[:REASON_BYTES].decode(errors="ignore"))

    def add_to_refusal(self, event: dict[str, Any]) -> None:
        if self.refusal is None:
            raise ValueError(f"{EXTENSION}.start must come first")
        self.refusal_body += event.get("body", b"")
        if not event.get("more_body", False):
            self.refuse(self.refusal["status"], self.refusal["headers"], self.refusal_body)

    def refuse(self, status: int, headers: list[tuple[str, str]] | None = None, body: bytes = b"") -> None:
        """Answer the handshake with another status than 101, and end TCP."""
        answer = Headers(headers or ())
        if "content-length" not in answer:
            answer["Content-Length"] = str(len(body))
        answer["Connection"] = "close"
        self.answer(Response(status, responses.get(status, ""), answer, body))

    def answer(self, response: Response) -> None:
        """The answer to the handshake crosses, and is seen."""
        self.patience.cancel()
        if self.recording is not None:
            head = Response(response.status_code, response.reason_phrase, response.headers)
            self.recording.add(HandshakeResponse(hide_in_head(head.serialize().decode("latin-1"))))
        self.protocol.send_response(response)
        self.flush(seen=True)

    def application_ended(self, task: asyncio.Task[None]) -> None:
        """An exception: refused with 500, or closed with 1011. Without one, nothing: the connection stays open."""
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        logger.error("Exception inside application: %s", error, exc_info=error)
        self.muted = True
        if self.ended:
            return
        if self.protocol.state is State.CONNECTING and not self.protocol.eof_sent:
            self.refuse(500)
        elif self.protocol.state is State.OPEN:
            self.protocol.send_close(CloseCode.INTERNAL_ERROR)
        self.flush()

    def flush(self, seen: bool = False) -> None:
        """What the protocol has written crosses to the client; each frame is seen as it leaves."""
        for data in self.protocol.data_to_send():
            if data and self.recording and not seen:
                self.recording.add(frame_event("out", data))
            self.write(data)
