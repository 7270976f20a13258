"""`python -m live_docs compress SITE`: beside each file of a built site what it is by Brotli and by gzip, as `NAME.br`
and `NAME.gz`, for a server that sends what lies there and compresses nothing while somebody waits.

It comes last: what is changed afterwards is another file than the compressed one beside it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from live_docs.built.esbuild import run_node

COMPRESS = Path(__file__).with_name("compress.mjs")

COMPRESSIBLE = re.compile(r"\.(css|html|js|json|mjs|svg|txt|wasm|webmanifest|xml)$")
"""How the names end of what is text, or WebAssembly. Images and archives are compressed as they are, and the maps of
modules are for debuggers alone.
"""


@dataclass(frozen=True)
class Compressed:
    """How many files, and the bytes of them: as they are, by Brotli and by gzip."""

    files: int
    before: int
    br: int
    gz: int


def compress(site: Path, root: Path) -> Compressed:
    """Compress a site in place. `root` is the project's folder."""
    found = (path.resolve() for path in site.rglob("*") if COMPRESSIBLE.search(path.name) and path.is_file())
    files = sorted(found, key=lambda path: path.stat().st_size)  # the last one, which takes longest, is begun first
    return Compressed(**json.loads(run_node(COMPRESS, root, errand=json.dumps([str(path) for path in files]))))
