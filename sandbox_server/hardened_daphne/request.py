"""An HTTP request on Daphne, made fit for the public."""

from __future__ import annotations

from daphne.http_protocol import WebRequest


class Request(WebRequest):  # type: ignore[misc]
    """Daphne's, where an application may fail late."""

    def handle_exception(self, exception: BaseException) -> None:
        """The application ended with an exception: 500 or, in the middle of a response, no more of it.

        Daphne tries to begin a second response then, which raises; on a plain Daphne that ends its watch over
        all applications, and no exception is ever answered again, over HTTP or WebSocket.
        """
        if self._response_started:
            self.channel.forceAbortClient()
        else:
            super().handle_exception(exception)
