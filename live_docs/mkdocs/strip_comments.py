"""What a built site sends of its scripts: the same code, without the comments and the indentation that only we read.

There is no build step: the modules run as they are written, and `mkdocs serve` sends them so.
"""

from __future__ import annotations

import re

from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Comment, Whitespace, is_token_subtype

LEXER = JavascriptLexer(stripnl=False, ensurenl=False)
INDENTATION = re.compile(r"\n\s*")


def strip_comments(source: str) -> str:
    """JavaScript without its comments, and with one line break where there were several. Strings stay as they are."""
    kept = ""
    for kind, text in LEXER.get_tokens(source):
        if is_token_subtype(kind, Comment):
            continue
        kept += INDENTATION.sub("\n", text) if is_token_subtype(kind, Whitespace) else text
    return re.sub(r"^\n+", "", kept)
