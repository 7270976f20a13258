"""A server somewhere else, which takes requests from everybody and keeps what arrives."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Recorder(ThreadingHTTPServer):
    """Listens on a port of its own; `arrived` has each request's method and path."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server_address[1]}"
        self.arrived: list[str] = []
        Thread(target=self.serve_forever, daemon=True).start()

    def end(self) -> None:
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    """One request, whatever it is: it may read the answer, and send its cookies."""

    server: Recorder

    def answer(self) -> None:
        self.server.arrived.append(f"{self.command} {self.path}")
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", self.headers.get("Origin", "*"))
        self.send_header("Access-Control-Allow-Credentials", "true")
        self.send_header("Content-Type", "text/javascript")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = do_HEAD = do_OPTIONS = do_PUT = answer

    def log_message(self, *args: object) -> None:
        """Says nothing: a test's output is its own."""
