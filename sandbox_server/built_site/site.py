"""The built site as an ASGI application: it answers for the paths that it has.

A file is read in pieces, each when the client has taken those before it, and without a thread: what is asked for again
and again lies in the system's memory, and a thread takes longer to wake than the file to read.
"""

from __future__ import annotations

import logging
import os
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from live_docs.built.policy import policy_of
from sandbox_server.built_site.files import SiteFiles
from sandbox_server.limits import FILE_PIECE_BYTES

logger = logging.getLogger(__name__)

HEARD = {b"accept-encoding", b"if-modified-since", b"if-none-match", b"range"}
"""The headers of a request that change the answer, as ServeStatic reads it."""

NOT_FOUND = "404.html"
BUILT_ANEW = "The site was built anew after this server had started: the server has to be started again.\n"


class BuiltSite:
    """The files of a folder, as they are now."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read_at = time.time_ns()
        self.files: dict[str, Any] = SiteFiles(folder).files
        self.policy = policy_of(folder)
        """The Content-Security-Policy under which its pages work."""
        self.is_compressed = any(folder.rglob("*.br"))
        own = folder / NOT_FOUND
        self.not_found = own.read_bytes() if own.is_file() else None

    def has(self, path: str) -> bool:
        return path in self.files

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer a request for a path that the site has."""
        found = self.files[scope["path"]]
        try:
            response = found.get_response(scope["method"], asked(scope, getattr(found, "etag", "")))
        except FileNotFoundError:
            await self.say_built_anew(send)
            return
        with response.file or nullcontext() as file:
            if file is not None and self.is_newer(file):
                await self.say_built_anew(send)
                return
            headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in response.headers]
            await send({"type": "http.response.start", "status": int(response.status), "headers": headers})
            more = True
            while more:
                piece = file.read(FILE_PIECE_BYTES) if file is not None else b""
                more = len(piece) == FILE_PIECE_BYTES
                await send({"type": "http.response.body", "body": piece, "more_body": more})

    def is_newer(self, file: Any) -> bool:
        """Whether a file has been written since the start: its length and its headers may be another's."""
        return os.stat(getattr(file, "fileobj", file).fileno()).st_ctime_ns > self.read_at

    async def say_built_anew(self, send: Any) -> None:
        """Answer 503, and tell whoever runs the server."""
        logger.error("%s: %s", self.folder, BUILT_ANEW.strip())
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 503, "headers": headers})
        await send({"type": "http.response.body", "body": BUILT_ANEW.encode()})


def asked(scope: dict[str, Any], etag: str) -> dict[str, str]:
    """What a request asks for beside its path, as ServeStatic reads it: by the names of CGI."""
    sent = dict(scope["headers"])
    if b"if-range" in sent:
        sent.pop(b"range", None)  # it asks for all unless a tag is the same, and a weak one never is
    headers = {name: value.decode("latin-1") for name, value in sent.items() if name in HEARD}
    known = headers.get(b"if-none-match", "")
    if any(same(tag.strip(), etag) for tag in known.split(",")):
        headers[b"if-none-match"] = etag
    named = {f"HTTP_{name.decode().upper().replace('-', '_')}": value for name, value in headers.items()}
    return {**named, "QUERY_STRING": scope["query_string"].decode("latin-1")}


def same(tag: str, etag: str) -> bool:
    """As RFC 9110, section 8.8.3.2, compares weakly."""
    return tag == "*" or tag.removeprefix("W/") == etag.removeprefix("W/")
