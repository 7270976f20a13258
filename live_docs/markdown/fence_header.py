"""What may stand in a fence's header: its name, its options and their values. Knows nothing of pages or of HTML."""

from __future__ import annotations

import difflib
import re

from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

LANES = re.compile(r"(javascript|wire|asgi|consumer)( (javascript|wire|asgi|consumer))*")
OPTIONS: dict[str, dict[str, re.Pattern[str]]] = {
    "live": {"title": re.compile(r".+"), "run": re.compile(r"visible"), "lanes": LANES},
    "challenge": {
        "title": re.compile(r".+"),
        "level": re.compile(r"easy|middle|sly"),
        "teaches": re.compile(r"(\w+-\d+)( \w+-\d+)*"),
        "start": re.compile(r"/\S*"),
        "lanes": LANES,
    },
    "mend": {
        "title": re.compile(r".+"),
        "level": re.compile(r"easy|middle|sly"),
        "teaches": re.compile(r"(\w+-\d+)( \w+-\d+)*"),
        "file": re.compile(r"[\w./-]+\.py"),
        "lanes": LANES,
    },
}
"""What may follow each fence's name, and the values it may have."""

ALLOWED = {
    "live": 'title="…", run="visible" or lanes="javascript wire asgi consumer"',
    "challenge": 'title="…", level="easy", "middle" or "sly", teaches="consumers-3 symptom-25", start="/ws/echo/" '
    'or lanes="javascript wire asgi consumer"',
    "mend": 'title="…", file="app/consumers.py", level="easy", "middle" or "sly", teaches="symptom-9" or '
    'lanes="javascript wire asgi consumer"',
}

OPTION = re.compile(r'\s*([a-zA-Z]\w*)="([^"]*)"(?=\s|$)')


def read_options(name: str, header: str) -> tuple[dict[str, str], list[str]]:
    """The options of a fence's header, and what is wrong with the rest of it."""
    options = dict(OPTION.findall(header))
    problems = check_options(name, options)
    for word in OPTION.sub("", header).split():
        problems.append(f"`{word}` is no option of a {name} fence: write {ALLOWED[name]}, quotes included")
    return options, problems


def check_options(name: str, options: dict[str, str]) -> list[str]:
    """What is wrong with options that could be read."""
    known = OPTIONS[name]
    problems = [
        f'`{option}="{value}"` is no option of a {name} fence: write {ALLOWED[name]}'
        for option, value in options.items()
        if option not in known or not known[option].fullmatch(value)
    ]
    if name != "live" and "title" not in options:
        problems.append(f'a {name} needs a title="…": progress is kept by it')
    if name == "mend" and "file" not in options:
        problems.append('a mend needs a file="…": the module that has to be mended')
    return problems


def mistaken_name(name: str) -> str | None:
    """What is wrong with a fence's name: it is neither ours nor a language that can be highlighted."""
    if not name or name.startswith("{"):
        return None
    try:
        get_lexer_by_name(name)
    except ClassNotFound:
        near = difflib.get_close_matches(
            name.lower(), [*OPTIONS, "python", "javascript", "bash", "nginx"], n=1, cutoff=0.5
        )
        hint = f": did you mean `{near[0]}`?" if near else ": use `live`, a language, or `text`"
        return f"`{name}` is no kind of fence{hint}"
    return None
