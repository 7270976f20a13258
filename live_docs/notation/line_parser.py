"""One line of a transcript to its step, or a ValueError that says what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable

from live_docs.notation.steps import (
    Accepted,
    AsgiEvent,
    Close,
    Closed,
    Connect,
    Raised,
    Receive,
    Refused,
    Request,
    Response,
    Send,
    Step,
    Unanswered,
    Wait,
)

LONGEST_WAIT_MS = 10_000
LONGEST_REASON_BYTES = 123
"""RFC 6455 section 5.5: a control frame carries 125 bytes, two of which are the close code."""


def read_step(text: str) -> Step:
    """One line without its client's name. Raises ValueError saying what is wrong with it."""
    word, _, rest = text.partition(" ")
    reader = READERS.get(word)
    if reader is None:
        raise ValueError(f"`{text}` is no step: a line begins with one of {', '.join(READERS)}")
    return reader(rest)


def read_connect(rest: str) -> Step:
    path, _, tail = rest.partition(" ")
    options = tail.split()
    if not path.startswith("/"):
        raise ValueError(f"`connect {rest}` needs a path that starts with a slash: `connect /ws/echo/`")
    values: dict[str, str] = {}
    for option in options:
        name, equals, value = option.partition("=")
        if name not in ("origin", "subprotocol", "as") or not equals or not value:
            raise ValueError(f"`{option}` is no option of connect: use origin=URL, subprotocol=a,b or as=NAME")
        values[name] = value
    subprotocols = tuple(values["subprotocol"].split(",")) if "subprotocol" in values else ()
    return Connect(path, values.get("origin"), subprotocols, values.get("as"))


def read_accepted(rest: str) -> Step:
    return Accepted(rest.strip() or None)


def read_refused(rest: str) -> Step:
    status = rest.strip()
    if not re.fullmatch(r"[2-5]\d\d", status):
        raise ValueError(f"`refused {rest}` needs one HTTP status: `refused 403`")
    return Refused(int(status))


def read_unanswered(rest: str) -> Step:
    if rest.strip():
        raise ValueError(f"`unanswered {rest}` has nothing to add: the handshake got no answer, so no status")
    return Unanswered()


def read_hex(rest: str, sigil: str) -> bytes:
    try:
        return bytes.fromhex(rest)
    except ValueError:
        raise ValueError(f"`{sigil} {rest}` is not hexadecimal: `{sigil} 00 ff`") from None


def read_code(text: str, keyword: str) -> tuple[int, str]:
    """The close code and reason after `close` or `closed`."""
    code, _, reason = text.strip().partition(" ")
    if not re.fullmatch(r"[1-4]\d{3}", code):
        raise ValueError(f"`{keyword} {text}` needs a close code from 1000 to 4999: `{keyword} 1000 done`")
    if len(reason.encode()) > LONGEST_REASON_BYTES:
        raise ValueError(f"a close reason has at most {LONGEST_REASON_BYTES} bytes in UTF-8")
    return int(code), reason


def read_close(rest: str) -> Step:
    code, reason = read_code(rest, "close")
    if code != 1000 and code < 3000:
        raise ValueError(f"a browser's close() takes 1000 or 3000 to 4999, not {code}")
    return Close(code, reason)


def read_closed(rest: str) -> Step:
    code, reason = read_code(rest, "closed")
    return Closed(code, reason or None)


def read_request(method: str) -> Callable[[str], Step]:
    def read(rest: str) -> Step:
        path, _, body = rest.partition(" ")
        if not path.startswith("/"):
            raise ValueError(f"`{method} {rest}` needs a path that starts with a slash")
        if method == "GET" and body:
            raise ValueError("a GET has no body here: `GET /path`")
        return Request(method, path, body or None)

    return read


def read_response(rest: str) -> Step:
    status, _, body = rest.partition(" ")
    if not re.fullmatch(r"[1-5]\d\d", status):
        raise ValueError(f"`= {rest}` needs an HTTP status: `= 200 ...`")
    return Response(int(status), body or None)


def read_wait(rest: str) -> Step:
    match = re.fullmatch(r"(\d+)(ms|s)", rest.strip())
    ms = int(match[1]) * (1 if match[2] == "ms" else 1000) if match else -1
    if not 0 <= ms <= LONGEST_WAIT_MS:
        raise ValueError(f"`wait {rest}` needs a time of at most {LONGEST_WAIT_MS} ms: `wait 300ms`, `wait 2s`")
    return Wait(ms)


def read_raised(rest: str) -> Step:
    name, colon, text = rest.partition(": ")
    if not name.isidentifier() or not colon:
        raise ValueError(f"`! {rest}` needs an exception's name and message: `! ValueError: ...`")
    return Raised(name, text)


def read_event(rest: str) -> Step:
    type_, _, pattern = rest.partition(" ")
    if not re.fullmatch(r"\w+(\.\w+)+", type_):
        raise ValueError(f"`~ {rest}` needs the type of an ASGI event: `~ websocket.receive ...`")
    if pattern and not pattern.startswith("{") and pattern != "...":
        raise ValueError(f"`~ {rest}` needs the rest of the event as a JSON object: `~ {type_} {{...}}`")
    return AsgiEvent(type_, pattern or None)


READERS: dict[str, Callable[[str], Step]] = {
    "connect": read_connect,
    "accepted": read_accepted,
    "refused": read_refused,
    "unanswered": read_unanswered,
    ">": Send,
    ">x": lambda rest: Send(read_hex(rest, ">x")),
    "<": Receive,
    "<x": lambda rest: Receive(read_hex(rest, "<x")),
    "close": read_close,
    "closed": read_closed,
    "GET": read_request("GET"),
    "POST": read_request("POST"),
    "=": read_response,
    "wait": read_wait,
    "!": read_raised,
    "~": read_event,
}
