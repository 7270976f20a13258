"""`python -m testing.file_server PORT FOLDER HEADER…`: Python's own file server, which sends these headers, too.

A header is `Name: value`.
"""

from __future__ import annotations

import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer


class Handler(SimpleHTTPRequestHandler):
    """Files, each with the headers of the command line."""

    more: tuple[str, ...] = ()

    def end_headers(self) -> None:
        for header in self.more:
            name, _, value = header.partition(": ")
            self.send_header(name, value)
        super().end_headers()


def main(port: str, folder: str, *headers: str) -> None:
    Handler.more = headers
    ThreadingHTTPServer(("127.0.0.1", int(port)), partial(Handler, directory=folder)).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
