"""Messages for consumers: JSON and what is nearly JSON, in the words that the sandboxes themselves use."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from sandbox_server import sandboxes
from testing.raw_client import BINARY, TEXT, frame


def words_of_the_sandboxes() -> list[str]:
    """The short strings in their source: the names and values that they compare with."""
    words = set()
    for path in Path(sandboxes.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and re.fullmatch(r"[\w. -]{1,16}", node.value)
            ):
                words.add(node.value)
    return sorted(words)


words = st.sampled_from(words_of_the_sandboxes())
texts = st.text(st.characters(), max_size=20)  # lone surrogates among them: JSON can say them
numbers = st.integers(-2, 12) | st.integers() | st.floats() | st.sampled_from([10**400, 2**53, 2**63, 1e308])
scalars = st.none() | st.booleans() | numbers | words | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words | texts, inner, max_size=4)
)
objects = st.dictionaries(words, values, min_size=1, max_size=5)

KNOWN: list[dict[str, Any]] = [
    {"kind": "say", "id": "m1", "text": "tea"},
    {"kind": "fault", "fault": "drop", "seconds": 1},
    {"kind": "vote", "choice": "tea", "text": "x"},
    {"server": "wsgi", "requests": 2, "wait_ms": 10, "workers": 2, "how": "await"},
    {"handlers": "async", "consumers": 2},
    {"bytes": "81 85 00", "key": "x"},
    {"kind": "clock", "page_time": 1},
    {"token": "WzEsIngiLDFd.1w.x"},
    {"type": "chat.promoted", "text": "x", "letter": 1},
]


@st.composite
def nearly_known(draw: st.DrawFn) -> Any:
    """What a sandbox asks for, but for some of its values."""
    message = dict(draw(st.sampled_from(KNOWN)))
    for name in draw(st.lists(st.sampled_from(sorted(message)), max_size=2)):
        message[name] = draw(values)
    return message


def as_json(value: Any) -> bytes:
    """With lone surrogates escaped, as JSON has them."""
    return json.dumps(value).encode()


sayings = st.builds("{} {}".format, words, st.integers(0, 12)).map(str.encode)
deep = st.builds(
    lambda opening, depth: opening * depth, st.sampled_from(["[", '{"a":', "[{"]), st.integers(1, 3000)
).map(str.encode)
odd = st.sampled_from(
    [b"", b"NaN", b"-Infinity", b"1" * 5000, b'"\\ud800"', b"\0", b"{", b'{"kind":"say","id":"\\udfff","text":"x"}']
)
in_text = (
    (nearly_known() | objects | values).map(as_json)
    | words.map(str.encode)
    | sayings
    | deep
    | odd
    | st.text(max_size=600).map(str.encode)
)

messages = st.builds(lambda payload: frame(TEXT, payload), in_text) | st.builds(
    lambda payload: frame(BINARY, payload), st.binary(max_size=60)
)
"""As frames."""
