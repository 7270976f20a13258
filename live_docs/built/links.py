"""The scripts and style sheets that a built page names in its HTML, and how it is made to name others instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

TAG = re.compile(r"[ \t]*<(?:link\b[^>]*>|script\b[^>]*></script>)\n?")
ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)"|=([^\s>]+))?')


@dataclass(frozen=True)
class Link:
    """One tag: where it stands in the page, what it asks for, and the file that it means."""

    start: int
    end: int
    kind: str
    """`script` (a module), `sheet`, or `preload` of a sheet."""

    media: str
    prefix: str
    """What leads from the page to the site's folder: `../../`, or a path."""

    file: str
    """Its path within the site."""


def links_of(html: str, page: Path, site: Path) -> Iterator[Link]:
    """The tags of a page for modules and style sheets that are files of its site."""
    for tag in TAG.finditer(html):
        attributes = {name: quoted or bare for name, quoted, bare in ATTRIBUTE.findall(tag[0])}
        kind = kind_of(attributes)
        href = attributes.get("src") or attributes.get("href") or ""
        if kind and (file := file_of(href, page, site)):
            path = urlsplit(href).path
            yield Link(tag.start(), tag.end(), kind, attributes.get("media", ""), path[: -len(file)], file)


def kind_of(attributes: dict[str, str]) -> str:
    """What a tag asks for; empty if that is none of our concern."""
    if attributes.get("type") == "module" and "src" in attributes:
        return "script"
    if attributes.get("rel") == "stylesheet":
        return "sheet"
    return "preload" if attributes.get("rel") == "preload" and attributes.get("as") == "style" else ""


def file_of(href: str, page: Path, site: Path) -> str | None:
    """The path within the site of what a page links to; None if it is elsewhere.

    A page may name it from the root of its host (404.html does, since nobody knows where it will be shown): then the
    folder in which the site will stand comes first, and is not a folder here.
    """
    parts = urlsplit(href)
    if parts.netloc or not parts.path:
        return None
    if not parts.path.startswith("/"):
        file = (page.parent / parts.path).resolve()
        return file.relative_to(site).as_posix() if file.is_relative_to(site) and file.is_file() else None
    names = parts.path.strip("/").split("/")
    ends = ("/".join(names[at:]) for at in range(len(names)))
    return next((end for end in ends if (site / end).is_file()), None)


def with_links(html: str, links: Iterable[Link], replaced: set[str], tags: dict[str, str]) -> str:
    """The page without its tags for the files `replaced`. In place of the first of each kind stands `tags[kind]`, in
    which `PREFIX` leads to the site's folder.
    """
    pieces, at, written = [], 0, set[str]()
    for link in links:
        if link.file not in replaced:
            continue
        pieces.append(html[at : link.start])
        if link.kind in tags and link.kind not in written:
            pieces.append(tags[link.kind].replace("PREFIX", link.prefix))
            written.add(link.kind)
        at = link.end
    return "".join([*pieces, html[at:]])
