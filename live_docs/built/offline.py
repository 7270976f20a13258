"""`python -m live_docs offline SITE`: a service worker for a built site, so that it can be read without a network.

It is written last, since it knows each file by its hash. Pages say where it is, in `<meta name="service-worker">`; a
script of theirs registers it, and takes it away where pages say nothing: those that a generator's own server shows.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path

WORKER = "service-worker.js"
CODE = Path(__file__).with_name("service_worker.js")
META = '<meta name="service-worker" content="{}">'
FROM_ROOT = re.compile(r'<link rel="icon" href="([^"]*)"')

NOT_KEPT = re.compile(r"\.(map|gz|br|html\.md)$|^llms\.txt$")
"""What no reader of pages asks for."""


class OfflineError(Exception):
    """A site that cannot be given a service worker: which, and why."""


def make_worker(site: Path, aside: str = "") -> int:
    """Write a site's service worker. `aside` is a folder that is kept only once a page has asked for something in it.

    Returns how many bytes are kept of the rest.
    """
    if (site / WORKER).exists():
        raise OfflineError(f"{site / WORKER} is there already. Build the site again")
    for page in site.rglob("*.html"):
        before, head, after = page.read_text(encoding="utf-8").partition("</head>")
        page.write_text(before + META.format(address(page, site, before)) + head + after, encoding="utf-8")
    files: dict[str, tuple[str, int]] = {
        path.relative_to(site).as_posix(): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size)
        for path in sorted(site.rglob("*"))
        if path.is_file() and not NOT_KEPT.search(path.name) and not (aside and path.is_relative_to(site / aside))
    }
    build = hashlib.sha256(json.dumps(files).encode() + CODE.read_bytes()).hexdigest()[:16]
    head = f"const SITE = {json.dumps({'build': build, 'files': files, 'aside': aside})};\n\n"
    (site / WORKER).write_text(head + CODE.read_text(encoding="utf-8"), encoding="utf-8")
    return sum(size for _, size in files.values())


def address(page: Path, site: Path, html: str) -> str:
    """The worker's, from a page. One that is shown at any address (404.html) names files from the root of its host."""
    icon = FROM_ROOT.search(html)
    if icon and icon[1].startswith("/"):
        names = icon[1].strip("/").split("/")
        file = next(end for at in range(len(names)) if (site / (end := "/".join(names[at:]))).is_file())
        return icon[1].removesuffix(file) + WORKER
    return f"{os.path.relpath(site, page.parent)}/{WORKER}".removeprefix("./")
