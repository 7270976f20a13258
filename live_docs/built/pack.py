"""`python -m live_docs pack SITE`: a built site's modules and style sheets, many and commented, made few and small.

Whatever generator built it: what is read is its HTML. Names carry a hash of what is in the file, so that a browser may
keep them for ever. What a page prints stays as it is written. Running a site unpacked, as the generators' own servers
do, shows the same pages.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from live_docs.built.esbuild import PackError, run_node
from live_docs.built.links import Link, links_of, with_links
from live_docs.built.printed import printed_files

BUNDLE = Path(__file__).with_name("bundle.mjs")
SENT = (".js", ".css")
PACKED = re.compile(r"assets/site-[A-Z0-9]{8}\.(js|css)")


@dataclass(frozen=True)
class Packed:
    """What packing has come to: how many files went in, and how many bytes of modules and sheets there were and are."""

    files: int
    before: int
    after: int


def pack(site: Path, docs: Path, root: Path) -> Packed:
    """Pack a site in place. `docs` is what it was built from, `root` the project's folder, where esbuild is found."""
    site = site.resolve()
    pages = {page: page.read_text(encoding="utf-8") for page in sorted(site.rglob("*.html"))}
    links = {page: list(links_of(html, page, site)) for page, html in pages.items()}
    named = [link for found in links.values() for link in found]
    if not named:
        raise PackError(f"{site}: no page of it names a module or a style sheet")
    if any(PACKED.fullmatch(link.file) for link in named):
        raise PackError(f"{site}: it is packed already. Build it again")
    ours = [path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.suffix in SENT]
    kept = [path.relative_to(docs).as_posix() for path in printed_files(docs, root) if path.is_relative_to(docs)]
    before = size_of(site)
    made = bundle(site, root, named, kept, [file for file in ours if file not in kept and (site / file).is_file()])
    preloads = "".join(f'  <link rel="modulepreload" href="PREFIX{file}">\n' for file in made["chunks"])
    tags = {
        "sheet": f'  <link rel="stylesheet" href="PREFIX{made["sheet"]}">\n{preloads}',
        "script": f'  <script type="module" src="PREFIX{made.get("script")}"></script>\n',
    }
    for page, html in pages.items():
        page.write_text(with_links(html, links[page], set(made["inputs"]), tags), encoding="utf-8")
    for file in made["inputs"]:
        (site / file).unlink()
    return Packed(len(made["inputs"]), before, size_of(site))


def bundle(site: Path, root: Path, named: list[Link], kept: list[str], others: list[str]) -> Any:
    """Have esbuild do it. The order is that in which the pages name the files."""
    errand = {
        "site": str(site),
        "scripts": list(dict.fromkeys(link.file for link in named if link.kind == "script")),
        "sheets": [
            {"file": file, "media": media}
            for file, media in dict.fromkeys((link.file, link.media) for link in named if link.kind == "sheet")
        ],
        "kept": kept,
        "others": others,
    }
    return json.loads(run_node(BUNDLE, root, errand=json.dumps(errand)))


def size_of(site: Path) -> int:
    """The bytes of all modules and style sheets of a site."""
    return sum(path.stat().st_size for path in site.rglob("*") if path.suffix in SENT)
