"""A built site in small, and how tests ask the server for it."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from sandbox_server.tests.clients import PATIENCE_SECONDS
from testing.program import Program

SCRIPT = "document.title = 'made here';"
PAGE = f"<!doctype html><title>{{0}}</title><script>{SCRIPT}</script>" + "<p>{0}</p>" * 200
TEXT = "a line of a text that is long enough to be compressed\n" * 200
SECRET = "nobody's business"
BIG_BYTES = 24 * 1024 * 1024

FILES = {
    "index.html": PAGE.format("home"),
    "404.html": PAGE.format("nothing here"),
    "learn/index.html": PAGE.format("learn"),
    "learn/deep/index.html": PAGE.format("deep"),
    "assets/site-ABCD2345.js": TEXT,
    "assets/main.0a1b2c3d.min.css": TEXT,
    "assets/here/0123456789abcdef/python.wasm": TEXT,
    "assets/plain.mjs": TEXT,
    "assets/list.json": TEXT,
    "assets/logo.svg": TEXT,
    "assets/pack.zip": TEXT,
    "assets/größe.txt": TEXT,
    ".env": SECRET,
    ".git/config": SECRET,
    ".well-known/security.txt": TEXT,
}
COMPRESSED = ("index.html", "assets/site-ABCD2345.js")


@dataclass(frozen=True)
class Answer:
    """What came; headers by their names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def write_site(folder: Path) -> Path:
    """The folder `site` in a folder, and a secret beside it to which a link of the site leads."""
    site = folder / "site"
    for name, text in FILES.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    for name in COMPRESSED:
        (site / f"{name}.gz").write_bytes(gzip.compress((site / name).read_bytes()))
        (site / f"{name}.br").write_bytes(b"by Brotli")  # no test unpacks it
    (site / "big.bin").write_bytes(bytes(BIG_BYTES))
    (folder / "private").mkdir()
    for place in (folder, folder / "private"):
        (place / "secret.txt").write_text(SECRET)
    (site / "link.txt").symlink_to(folder / "secret.txt")
    (site / "linked").symlink_to(folder / "private", target_is_directory=True)
    return site


def ask(server: Program, path: str, method: str = "GET", source: str = "127.0.0.1", **headers: str) -> Answer:
    """One request, from an address of this machine; `_` in a header's name stands for `-`."""
    netloc = urlsplit(server.url).netloc
    with closing(HTTPConnection(netloc, timeout=PATIENCE_SECONDS, source_address=(source, 0))) as connection:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        with connection.getresponse() as response:
            told = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, told, response.read())
