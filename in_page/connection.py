"""One WebSocket in the page: a browser's end, a server's end, and the bytes that cross between them.

Both ends are the `websockets` library's, which does no I/O: what crosses is what it writes and reads, real handshakes
and real frames. What the server's end makes of an application's events is what this site's Daphne makes of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import State
from websockets.typing import Origin, Subprotocol
from websockets.uri import parse_uri

from in_page.server_end import ServerEnd

CLOSE_SECONDS = 0.005
"""How long the page's close frame is on its way. Over a network, too, the application has begun to act on what came
just before; without this, a close would overtake the answer to it.
"""


class Page(Protocol):
    """Who opened the WebSocket, and is told of it."""

    def opened(self, subprotocol: str) -> None: ...

    def message(self, data: str | bytes) -> None: ...

    def closed(self, code: int, reason: str, clean: bool) -> None: ...


class Connection:
    """One WebSocket, from the page's `new WebSocket` to its close event."""

    def __init__(
        self,
        application: Any,
        url: str,
        page: Page,
        *,
        origin: str,
        subprotocols: Sequence[str] = (),
        headers: Sequence[tuple[str, str]] = (),
    ) -> None:
        """`headers` are those that a browser adds of its own accord, cookies among them."""
        self.loop = asyncio.get_running_loop()
        self.page = page
        self.over = False
        offered = [Subprotocol(name) for name in subprotocols]
        uri = parse_uri(url)
        self.client = ClientProtocol(uri, origin=Origin(origin), subprotocols=offered or None, max_size=None)
        self.server = ServerEnd(application, "wss" if uri.secure else "ws", self.to_client, self.abort)
        request = self.client.connect()
        request.headers.update(headers)
        self.client.send_request(request)
        self.to_server()

    def send(self, data: str | bytes) -> None:
        """What the page sends; after the end of the connection, nothing."""
        if self.client.state is not State.OPEN:
            return
        if isinstance(data, str):
            self.client.send_text(data.encode())
        else:
            self.client.send_binary(data)
        self.to_server()

    def close(self, code: int | None, reason: str) -> None:
        """The page closes; before there is an answer to the handshake, it gives up."""
        if self.client.state is State.CONNECTING:
            self.fail()
        elif self.client.state is State.OPEN:
            self.client.send_close(code, reason)
            self.loop.call_later(CLOSE_SECONDS, self.to_server)

    def to_server(self) -> None:
        """What the browser's end has written arrives at the other one, in the event loop's next turn."""
        for data in self.client.data_to_send():
            self.loop.call_soon(self.server.receive, data)

    def to_client(self, data: bytes) -> None:
        self.loop.call_soon(self.receive, data)

    def abort(self) -> None:
        """The server's end ends TCP at once."""
        self.loop.call_soon(self.receive, b"")

    def receive(self, data: bytes) -> None:
        """At the browser's end. No bytes: the end of TCP."""
        if self.over:
            return
        if data:
            self.client.receive_data(data)
        else:
            self.client.receive_eof()
        for event in self.client.events_received():
            if isinstance(event, Response):
                self.answered()
            elif isinstance(event, Frame):
                self.heard(event)
        self.to_server()
        if self.client.state is State.CLOSED or (not data and self.client.state is State.CONNECTING):
            self.ended()

    def answered(self) -> None:
        """The handshake has an answer."""
        if self.client.handshake_exc is not None:
            self.fail()
        elif self.client.available_subprotocols and self.client.subprotocol is None:
            self.fail()  # a browser that has offered some takes no server that chooses none (Fetch, WebSocket opening)
        else:
            self.page.opened(self.client.subprotocol or "")

    def heard(self, frame: Frame) -> None:
        """The server's end writes each message as one frame."""
        if frame.opcode is Opcode.TEXT:
            self.page.message(bytes(frame.data).decode())
        elif frame.opcode is Opcode.BINARY:
            self.page.message(bytes(frame.data))

    def fail(self) -> None:
        """No connection comes of it, and the page is not told why."""
        self.loop.call_soon(self.server.receive, b"")
        self.over = True
        self.page.closed(1006, "", False)

    def ended(self) -> None:
        self.over = True
        came, sent = self.client.close_rcvd, self.client.close_sent
        if came is None:
            self.page.closed(1006, "", False)
        else:
            self.page.closed(came.code, came.reason, sent is not None)
