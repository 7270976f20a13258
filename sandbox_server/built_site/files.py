"""Which files of a built site are served, at which addresses and with which headers. ServeStatic knows that: types,
what a browser may keep, compressed files, ranges, and where a folder leads.

All are found once, at the start; from then on an address is looked up and never made into a path. So no address leads
out of the site, however it is written.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from servestatic.base import ServeStaticBase

HASHED = r"[-.]([A-Z0-9]{8}|[0-9a-f]{8})\.|/[0-9a-f]{16}/"
"""A name that says what is in the file, as live_docs/built/service_worker.js has it: a browser may keep it for ever."""

HIDDEN = re.compile(r"/\.(?!well-known/)")
"""What begins with a dot is somebody's own, but for what RFC 8615 has put there."""


class SiteFiles(ServeStaticBase):  # type: ignore[misc]
    """ServeStatic's list of files. Whatever has no hash in its name is asked for anew each time."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            None,
            folder,
            index_file=True,
            max_age=0,
            allow_all_origins=False,
            immutable_file_test=HASHED,
            add_headers_function=add_etag,
        )

    def initialize(self) -> None:
        """There is nothing more to do."""

    def add_file_to_dictionary(self, url: str, *where: Any, **found: Any) -> None:
        """Leave out what is hidden. Where a link leads out of the site, ServeStatic leaves it out."""
        if not HIDDEN.search(url):
            super().add_file_to_dictionary(url, *where, **found)


def add_etag(headers: Headers, path: str, url: str) -> None:
    """A weak one: it is the same for a file and for that file compressed, and a part of one is none of the other."""
    stat = os.stat(path)
    headers["ETag"] = f'W/"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
