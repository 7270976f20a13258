"""What never leaves the server in an observation: the values of cookies and of credentials."""

from __future__ import annotations

import re
from typing import Any

from sandbox_server.limits import SUBPROTOCOL_CHARACTERS
from sandbox_server.secret_headers import SECRET_HEADERS

HIDDEN = "[hidden]"
SECRET_KEYS = {"cookies"}
TOKEN = re.compile(r"(?i)(bearer|token|jwt|auth|ticket)")
"""Words in a subprotocol that say that another of its tokens is a credential."""


def hide_in_headers(headers: Any) -> list[tuple[bytes, bytes]]:
    """ASGI headers with the secret values replaced."""
    return [(name, hidden_value(name, value)) for name, value in headers]


def hidden_value(name: bytes, value: bytes) -> bytes:
    lower = name.lower()
    if lower in SECRET_HEADERS:
        return HIDDEN.encode()
    if lower == b"sec-websocket-protocol":
        return b", ".join(hide_token(part.strip().decode("latin-1")).encode() for part in value.split(b","))
    return value


def hide_token(subprotocol: str) -> str:
    """A subprotocol as it is, unless it is long enough, or named so, to be a credential."""
    return HIDDEN if len(subprotocol) > SUBPROTOCOL_CHARACTERS or TOKEN.search(subprotocol) else subprotocol


def hide_in_head(head: str) -> str:
    """The head of an HTTP request or response with the secret values replaced."""
    lines = head.split("\r\n")
    return "\r\n".join([lines[0], *map(hide_in_line, lines[1:])])


def hide_in_line(line: str) -> str:
    name, colon, value = line.partition(":")
    if not colon:
        return line
    hidden = hidden_value(name.strip().encode("latin-1"), value.strip().encode("latin-1")).decode("latin-1")
    return line if hidden == value.strip() else f"{name}: {hidden}"


def hide_in_scope(scope: dict[str, Any]) -> dict[str, Any]:
    """A scope to show: secrets replaced, and objects of the server that mean nothing to a reader left out."""
    shown = {key: value for key, value in scope.items() if key not in SECRET_KEYS}
    if "headers" in shown:
        shown["headers"] = hide_in_headers(shown["headers"])
    if "subprotocols" in shown:
        shown["subprotocols"] = [hide_token(name) for name in shown["subprotocols"]]
    if "cookies" in scope:
        shown["cookies"] = dict.fromkeys(scope["cookies"], HIDDEN)
    if "session" in scope:
        shown["session"] = Words("<SessionStore>")
    if "user" in scope:
        shown["user"] = Words(f"<{scope['user']}>")
    return shown


class Words(str):
    """Stands, as itself, for an object whose own repr would say too much or too little."""

    def __repr__(self) -> str:
        return str(self)
