"""An HTTP request on Daphne, made fit for the public."""

from __future__ import annotations

from typing import Any

from daphne.http_protocol import WebRequest

from sandbox_server.hardened_daphne.backpressure import WriteBuffer
from sandbox_server.limits import ANSWER_STALLED_SECONDS, BODY_BYTES

ROOT_PATH = b"Daphne-Root-Path"


class Request(WebRequest):  # type: ignore[misc]
    """Daphne's, where a client cannot say where the site is mounted, and an application may fail late."""

    write_buffer: WriteBuffer | None = None

    def handleContentChunk(self, data: bytes) -> None:
        """Keep a piece of the body. One that comes in chunks has announced no length."""
        if self.content.tell() + len(data) > BODY_BYTES:
            self.channel.refuse(413)
        elif not self.channel.refused:
            super().handleContentChunk(data)

    def process(self) -> Any:
        """Without the header by which a proxy may tell Daphne a root path: anybody can send it, and no proxy of ours
        does. Believed, it maps all paths anew, and is answered with 500 where they do not begin with it.
        """
        self.requestHeaders.removeHeader(ROOT_PATH)
        return super().process()

    def begin_answer(self) -> None:
        """From now on whoever sends goes at the client's pace: a file of many megabytes waits on the disk, not here."""
        self.write_buffer = WriteBuffer(self.channel.transport, ANSWER_STALLED_SECONDS)
        self.registerProducer(self.write_buffer, True)

    def finish(self) -> None:
        """The last of an answer is written, or waits to be."""
        if self.write_buffer is not None:
            self.unregisterProducer()
            self.write_buffer.stopProducing()
        super().finish()

    def handle_reply(self, message: dict[str, Any]) -> None:
        """An event from the application. A HEAD has no body (RFC 9110, section 9.3.2), whatever the application sends.

        Twisted sees to that for the first part of a body, and Daphne goes past it with those that follow: on a kept
        connection they are taken for the beginning of the next response.
        """
        if self.method == b"HEAD" and message.get("type") == "http.response.body":
            message = {**message, "body": b""}
        if self.write_buffer is None and not self.finished and self.channel is not None:
            self.begin_answer()
        super().handle_reply(message)

    def handle_exception(self, exception: BaseException) -> None:
        """The application ended with an exception: 500 or, in the middle of a response, no more of it.

        Daphne tries to begin a second response then, which raises; on a plain Daphne that ends its watch over
        all applications, and no exception is ever answered again, over HTTP or WebSocket.
        """
        if self._response_started:
            self.channel.forceAbortClient()
        else:
            super().handle_exception(exception)
