"""A Markdown extension: code that is included from a file says which, for a page that does more than show it.

    ```python
    --8<-- "app/consumers.py"
    ```

becomes `<div class="language-python highlight" data-file="app/consumers.py">`, if `files`, the extension's one option,
has a pattern for it (as fnmatch reads one: `*` stands for slashes, too).
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

OPENING = re.compile(r'(?P<fence>[ \t>]*`{3,}\w+)(?:[ \t]+(?P<title>title="[^"]*"))?[ \t]*')
INCLUDE = re.compile(r'[ \t>]*--8<-- "(?P<file>[^":]+)(?::[\w-]+)?"[ \t]*')

BEFORE_SNIPPETS = 33
"""pymdownx.snippets has 32: after it, nobody knows where the code came from."""


class IncludedFile(Preprocessor):
    def __init__(self, md: Markdown, patterns: list[str]) -> None:
        super().__init__(md)
        self.patterns = patterns

    def run(self, lines: list[str]) -> list[str]:
        for at, (line, next_line) in enumerate(pairwise(list(lines))):
            opening, include = OPENING.fullmatch(line), INCLUDE.fullmatch(next_line)
            if opening and include and any(fnmatchcase(include["file"], pattern) for pattern in self.patterns):
                options = " ".join(filter(None, (opening["title"], f'data-file="{include["file"]}"')))
                lines[at] = f"{opening['fence']} {{ {options} }}"
        return lines


class IncludedFileExtension(Extension):
    def __init__(self, **options: Any) -> None:
        self.config = {"files": [[], "patterns of files, from the project's folder"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.register(IncludedFile(md, self.getConfig("files")), "included_file", BEFORE_SNIPPETS)


def makeExtension(**options: Any) -> IncludedFileExtension:
    return IncludedFileExtension(**options)
