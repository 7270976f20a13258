"""What an application's events may ask of a WebSocket on this site, whichever server carries them out.

Hardened Daphne does, and so does `in_page`, where there is no Daphne: so this imports neither Daphne nor Twisted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

EXTENSION = "websocket.http.response"
"""ASGI's name for refusals with a status, headers and a body (ASGI, Extensions: WebSocket Denial Response)."""

DROP = "websocket.drop"
"""An extension of this site's own, by which a page can show what happens when the network fails: an event of this
type ends TCP at once, without a close frame. An ASGI application can do it in no other way: `websocket.close` sends a
close frame, and an exception one with 1011.
"""

REASON_BYTES = 123
"""A control frame's payload is 125 bytes at most, and two of them are the code (RFC 6455, 5.5)."""

SERVERS_CODES = frozenset({1001, 1003, 1008, 1009, 1011, 1012, 1013})
"""Codes of the protocol's own that a consumer may have a reason to send (RFC 6455, 7.4.1; IANA's registry)."""

HEADER_NAME = re.compile(rb"[-!#$%&'*+.^_`|~0-9a-zA-Z]+")
LINE_BREAKERS = frozenset(b"\r\n\0")


def is_empty(message: dict[str, Any]) -> bool:
    """Whether this sends an empty message, which plain Daphne takes for none at all."""
    text, data = message.get("text"), message.get("bytes")
    return not (text or data) and (text is not None or data is not None)


def as_text(headers: Iterable[tuple[bytes, bytes]]) -> Iterable[tuple[str, str]]:
    """Headers as text, in UTF-8. One that would break out of its line is refused."""
    for name, value in headers:
        if not HEADER_NAME.fullmatch(name) or not LINE_BREAKERS.isdisjoint(value):
            raise ValueError(f"not a header: {name!r}: {value!r}")
        yield name.decode(), value.decode()
