"""`python -m live_docs policy SITE`: the strictest Content-Security-Policy under which a built site works, for its
server to send with every file: a worker has that of its own file.

Scripts are those of the site, and by their hashes those that its pages and frames hold (`NAME-frame.js`): what somebody
smuggles into a page does not run. WebAssembly is allowed if the site has any, and with it scripts and workers of
`blob:`, which only a script can make that runs already: what runs it out of reach, in a frame without an origin, can
load nothing by its address. Styles may stand in pages: themes and editors write them, and no hash can be known before.
A script must not: what stands in an attribute (`onclick`) is an error here.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

SCRIPT_TYPES = {"", "module", "text/javascript", "application/javascript", "importmap", "speculationrules"}
"""What a browser runs, or heeds. Anything else between the tags is data."""


FRAMES = re.compile(r"-frame\.js$")
"""The names of scripts that other scripts write into the text of a frame."""


class PolicyError(Exception):
    """A page that no strict policy would let work: which, and why."""


def policy_of(site: Path, servers: Sequence[str] = ()) -> str:
    """The header's value. `servers` are origins that the pages ask beside their own, over HTTP and by WebSocket."""
    written = [script.read_text(encoding="utf-8") for script in site.rglob("*") if FRAMES.search(script.name)]
    held = [script for page in sorted(site.rglob("*.html")) for script in inline_scripts(page)]
    scripts = sorted({hash_of(script) for script in (*held, *written)})
    has_wasm = any(site.rglob("*.wasm"))
    wasm = ["'wasm-unsafe-eval'", "blob:"] if has_wasm else []
    asked = [address for server in servers for address in (server, web_socket(server))]
    directives = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *wasm, *scripts],
        "worker-src": ["'self'", *(["blob:"] if has_wasm else [])],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'", *asked],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def web_socket(origin: str) -> str:
    """Where the same server takes WebSockets: older browsers do not read it out of its origin."""
    parts = urlsplit(origin)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise PolicyError(f"{origin} is no origin: write http://127.0.0.1:8001")
    return f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}"


def hash_of(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def inline_scripts(page: Path) -> Iterator[str]:
    """What a page holds between its script tags, and a browser runs."""
    reader = Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    if reader.handlers:
        raise PolicyError(f"{page}: a policy that allows {reader.handlers[0]} allows everything: move it into a script")
    yield from reader.scripts


class Reader(HTMLParser):
    """Keeps what a policy has to know of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self.handlers: list[str] = []
        self.reads = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.handlers += [f"<{tag} {name}>" for name in attributes if name.startswith("on")]
        self.handlers += [
            f'<{tag} {name}="javascript:…">'
            for name in ("href", "src", "action")
            if (attributes.get(name) or "").strip().lower().startswith("javascript:")
        ]
        kind = (attributes.get("type") or "").lower()
        if tag == "script" and "src" not in attributes and kind in SCRIPT_TYPES:
            self.reads = True
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.reads:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self.reads = False
