"""What a built site sends of its scripts and styles: the same, without the comments and indentation that only we read.

There is no build step: the modules run as they are written, and `mkdocs serve` sends them so. A script that a page
includes is sent as it is written too: a reader who has read it on the page finds the same file in the debugger.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Comment, Whitespace, is_token_subtype

LEXER = JavascriptLexer(stripnl=False, ensurenl=False)
INCLUDED = re.compile(r'--8<--[ \t]+"([^":]+)')
"""The file that a line of `pymdownx.snippets` includes, whole or a section of it."""

INDENTATION = re.compile(r"\n\s*")
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
AROUND_CSS_PUNCTUATION = re.compile(r"\s*([{};])\s*|\n\s+")


def strip_comments(source: str) -> str:
    """JavaScript without its comments, and with one line break where there were several. Strings stay as they are."""
    kept = ""
    for kind, text in LEXER.get_tokens(source):
        if is_token_subtype(kind, Comment):
            continue
        kept += INDENTATION.sub("\n", text) if is_token_subtype(kind, Whitespace) else text
    return re.sub(r"^\n+", "", kept)


def strip_css_comments(source: str) -> str:
    """CSS without its comments, and without the white space that means nothing. No string of ours holds a comment."""
    return AROUND_CSS_PUNCTUATION.sub(lambda found: found[1] or " ", CSS_COMMENT.sub("", source)).strip()


def printed_files(docs: Path, bases: Iterable[Path]) -> set[Path]:
    """The files that some page below `docs` includes. `bases` are the folders from which pages name them."""
    names = {name for page in docs.rglob("*.md") for name in INCLUDED.findall(page.read_text(encoding="utf-8"))}
    return {base / name for base in bases for name in names}
