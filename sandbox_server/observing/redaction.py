"""What never leaves the server in an observation: the values of cookies and of credentials."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sandbox_server.limits import SUBPROTOCOL_CHARACTERS
from sandbox_server.secret_headers import SECRET_HEADERS

HIDDEN = "[hidden]"
SUBPROTOCOLS = b"sec-websocket-protocol"
CREDENTIAL = re.compile(r"(?i)bearer|token|jwt|auth|ticket")
"""In a subprotocol's name: a credential is offered beside it. A browser can send one in no other header."""

LINE_END = re.compile(r"(\r?\n(?![ \t]))")
"""Not before a blank: such a line goes on with the header of the line before (RFC 9112, 5.2)."""


def hide_in_headers(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """ASGI headers with the secret values replaced."""
    pairs = [(name, value, name.strip().lower()) for name, value in headers]
    named = any(lower == SUBPROTOCOLS and CREDENTIAL.search(value.decode("latin-1")) for _, value, lower in pairs)
    return [(name, hidden_value(lower, value, named)) for name, value, lower in pairs]


def hidden_value(lower: bytes, value: bytes, credential_is_named: object) -> bytes:
    if lower in SECRET_HEADERS or (lower == SUBPROTOCOLS and credential_is_named):
        return HIDDEN.encode()
    if lower == SUBPROTOCOLS:
        offered = [name.strip() for name in value.decode("latin-1").split(",")]
        shown = hide_subprotocols(offered)
        return value if shown == offered else ", ".join(shown).encode("latin-1")
    return value


def hide_subprotocols(names: list[str]) -> list[str]:
    """Subprotocols as they are; but all are hidden if one of them names a credential, and each that may be one."""
    if any(CREDENTIAL.search(name) for name in names):
        return [HIDDEN] * len(names)
    return [HIDDEN if len(name) > SUBPROTOCOL_CHARACTERS else name for name in names]


def hide_in_head(head: str) -> str:
    """The head of an HTTP request or response with the secret values replaced, and lines that are no header hidden."""
    first, *rest = LINE_END.split(head)
    lines = [line.partition(":") for line in rest[1::2]]
    headers = hide_in_headers((name.encode("latin-1"), value.strip().encode("latin-1")) for name, _, value in lines)
    shown = [line_with(line, value.decode("latin-1")) for line, (_, value) in zip(lines, headers, strict=True)]
    return first + "".join(end + line for end, line in zip(rest[::2], shown, strict=True))


def line_with(line: tuple[str, str, str], shown: str) -> str:
    """A line with what may be shown of its value; as it came, byte for byte, if that is all of it."""
    name, colon, value = line
    if not colon:
        return HIDDEN if name else ""
    return f"{name}:{value}" if shown == value.strip() else f"{name}: {shown}"


def hide_in_event(event: dict[str, Any]) -> dict[str, Any]:
    """An ASGI event to show: secrets replaced in its headers and in the subprotocol that was chosen."""
    shown = dict(event)
    if "headers" in shown:
        shown["headers"] = hide_in_headers(shown["headers"])
    if shown.get("subprotocol"):
        [shown["subprotocol"]] = hide_subprotocols([shown["subprotocol"]])
    return shown


def hide_in_scope(scope: dict[str, Any]) -> dict[str, Any]:
    """A scope to show: secrets replaced, and objects of the server that mean nothing to a reader left out."""
    shown = dict(scope)
    if "headers" in shown:
        shown["headers"] = hide_in_headers(shown["headers"])
    if "subprotocols" in shown:
        shown["subprotocols"] = hide_subprotocols(shown["subprotocols"])
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
