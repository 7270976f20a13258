"""The words of a page without what only a build understands: attributes, comments, boxes for scripts, and its links."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import urlsplit

CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
ATTRIBUTES = re.compile(r"[ \t]*\{:?(?:[ \t]*(?:[#.][\w-]+|[\w-]+=\"[^\"]*\"))+[ \t]*\}")
COMMENT = re.compile(r"<!--.*?-->")
HEADING = re.compile(r"(?P<text>#{2,6} .*?)[ \t]*\{:? *#(?P<name>[\w-]+) *\}[ \t]*")
LINK = re.compile(r"\]\((?P<target>[^)\s]+)(?P<title> \"[^\"]*\")?\)")
ANCHOR = re.compile(r'<a href="([^"]*)">(.*?)</a>')
TOOL = re.compile(r'<div class="live"><tool-[^>]*>(?:<p>(?P<words>.*?)</p>)?.*</tool-[\w-]+></div>')
DRAWING = re.compile(r"<svg\b.*?<title[^>]*>(?P<title>.*?)</title>.*?</svg>")
BOX = re.compile(r"</?(?:div|figure|figcaption|p|span)(?: [^>]*)?>")

MARKDOWN = "index.html.md"
"""As llmstxt.org has it: a page's address and `.md`, and `index.html.md` for an address without a file's name."""


def prose_to_text(line: str, page: PurePosixPath) -> str | None:
    """One line of a page, whose path below the folder of all pages is `page`; None if nothing of it is for reading."""
    if tool := TOOL.fullmatch(line.strip()):
        return f"> [On the page](./): {tool['words']}" if tool["words"] else None
    if heading := HEADING.fullmatch(line):
        return f"{outside_code(heading['text'], page)}\n\n[This on the page](./#{heading['name']})"
    drawn = DRAWING.sub(lambda found: f"*Drawing: {found['title']}.*", line)
    text = ANCHOR.sub(r"[\2](\1)", outside_code(drawn, page))
    return None if line.strip() and not text.strip() else text.rstrip()


def outside_code(line: str, page: PurePosixPath) -> str:
    """The line, changed where it is no code."""
    return without_code(line, lambda words: BOX.sub("", COMMENT.sub("", ATTRIBUTES.sub("", relinked(words, page)))))


def without_code(line: str, change: Callable[[str], str]) -> str:
    """The line, with that done to all of it that stands between pieces of code."""
    pieces, at = [], 0
    for code in CODE.finditer(line):
        pieces += [change(line[at : code.start()]), code[0]]
        at = code.end()
    return "".join([*pieces, change(line[at:])])


def relinked(words: str, page: PurePosixPath) -> str:
    """Links to pages lead to their Markdown, and those to other files still there."""
    return LINK.sub(lambda link: f"]({target_of(link['target'], page)}{link['title'] or ''})", words)


def target_of(target: str, page: PurePosixPath) -> str:
    """Where a link of the source leads, from the page's Markdown."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not parts.path:
        return target
    file = PurePosixPath(posixpath.normpath((page.parent / parts.path).as_posix()))
    there = address_of(file) if file.suffix == ".md" else file
    path = posixpath.relpath(there.as_posix(), address_of(page).parent.as_posix())
    return f"{path}#{parts.fragment}" if parts.fragment else path


def address_of(page: PurePosixPath) -> PurePosixPath:
    """Where the Markdown of a page is, below the site: beside the `index.html` that a generator makes of it."""
    return (page.parent if page.stem == "index" else page.with_suffix("")) / MARKDOWN
