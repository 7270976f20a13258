"""`make reference`: every field of every ASGI scope and event, and which of three servers sends or heeds it.

It runs plain Daphne, uvicorn and this site's server with testing/asgi_probe.py, asks each over HTTP and WebSockets, and
writes what it saw to includes/asgi-fields.md: a section for each scope and event. What a server gives is in the
application's notes; what it makes of an event that it is given, a client sees.
"""

from __future__ import annotations

import http.client
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from testing.asgi_meanings import MEANINGS, WITH_VALUE
from testing.asgi_probe import CODE, REASON, STATUS, SUBPROTOCOL
from testing.ports import reserved_port
from testing.program import Program, start, wait_until
from testing.project import ROOT

FILE = ROOT / "includes/asgi-fields.md"
APPLICATION = "testing.asgi_probe:application"
COMMANDS = {
    "Daphne": ["daphne", "--websocket_connect_timeout", "1", "--port", "{port}", APPLICATION],
    "uvicorn": ["uvicorn", "--port", "{port}", APPLICATION],
    "this site's": ["testing.asgi_probe", "{port}"],
}
HEADER = "<!-- Written by `make reference`, by asking the three servers: change it there. -->\n"
PATIENCE_SECONDS = 60
OFFERED = [Subprotocol("first"), Subprotocol(SUBPROTOCOL)]
DISCONNECT = "websocket.disconnect"
NO, YES = "no", "yes"

Seen = dict[str, dict[str, str]]
"""For each scope or event, its fields: the text of the value, or that the server heeds it."""


@dataclass(frozen=True)
class Asked:
    """A server that has been asked everything."""

    name: str
    seen: Seen


def ask(name: str, folder: Path) -> Asked:
    """Start a server, have it call the application in every way there is, and end it."""
    port, notes = str(reserved_port()), folder / f"{urlsplit(name).path.replace(' ', '-')}.json"
    words = [word.replace("{port}", port) for word in COMMANDS[name]]
    server = start(words, notes.with_suffix(".log"), f"http://127.0.0.1:{port}", PROBE_FILE=str(notes))
    try:
        heeded = {**ask_over_http(server), **ask_over_websocket(server), **ask_to_be_refused(server)}
        wait_until(lambda: has_ended(notes), "the last events of all connections", server.said)
    finally:
        server.put_away()
    seen: Seen = {}
    for line in notes.read_text(encoding="utf-8").splitlines():
        what, fields = json.loads(line)
        seen.setdefault(what, {}).update(fields)
    for what, fields in heeded.items():
        seen.setdefault(what, {}).update({field: YES for field, is_heeded in fields.items() if is_heeded})
    if "lifespan scope" in seen:
        seen["lifespan.startup.complete"] = {"type": YES}
        seen["lifespan.shutdown.complete"] = {"type": YES}
    return Asked(name, seen)


def has_ended(notes: Path) -> bool:
    """Whether the application has been told the end of the request, and of both WebSockets that it accepted."""
    said = notes.read_text(encoding="utf-8")
    return all(said.count(f'["{event}"') >= times for event, times in (("http.disconnect", 1), (DISCONNECT, 2)))


def ask_over_http(server: Program) -> dict[str, dict[str, bool]]:
    """A request with a body. What came of the answer."""
    client = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=PATIENCE_SECONDS)
    client.request("POST", "/caf%C3%A9/?q=1", body=b"a body", headers={"Origin": server.url})
    response = client.getresponse()
    body = response.read()
    client.close()
    return {
        "http.response.start": {
            "type": True,
            "status": response.status == STATUS,
            "headers": response.headers["x-probe"] == "yes",
        },
        "http.response.body": {"type": True, "body": body.startswith(b"one "), "more_body": body == b"one two"},
    }


def ask_over_websocket(server: Program) -> dict[str, dict[str, bool]]:
    """Text and bytes, then a close of the server's; and on a second connection one of the client's."""
    address = f"{server.url.replace('http', 'ws')}/caf%C3%A9/?q=1"
    with connect(address, subprotocols=OFFERED, open_timeout=PATIENCE_SECONDS) as client:
        headers = client.response.headers if client.response else {}
        client.send("hello")
        text = client.recv(PATIENCE_SECONDS)
        client.send(b"\x00\xff")
        data = client.recv(PATIENCE_SECONDS)
        client.send("close")
        with suppress(ConnectionClosed):
            client.recv(PATIENCE_SECONDS)
        accepted = {"type": True, "subprotocol": client.subprotocol == SUBPROTOCOL, "headers": "x-probe" in headers}
        closed = {"type": True, "code": client.close_code == CODE, "reason": client.close_reason == REASON}
    with connect(address, subprotocols=OFFERED[1:], open_timeout=PATIENCE_SECONDS) as client:
        client.close(CODE, "goodbye")
    return {
        "websocket.accept": accepted,
        "websocket.send": {"type": True, "text": text == "hello", "bytes": data == b"\x00\xff"},
        "websocket.close": closed,
    }


def ask_to_be_refused(server: Program) -> dict[str, dict[str, bool]]:
    """A handshake that the application answers with an HTTP response of its own."""
    status, headers, body = 0, False, b""
    try:
        connect(f"{server.url.replace('http', 'ws')}/refused/", open_timeout=PATIENCE_SECONDS).close()
    except InvalidStatus as error:
        status, headers, body = (
            error.response.status_code,
            "x-probe" in error.response.headers,
            bytes(error.response.body or b""),
        )
    except (InvalidHandshake, OSError, EOFError):
        pass
    known = status == STATUS
    return {
        "websocket.http.response.start": {"type": known, "status": known, "headers": headers},
        "websocket.http.response.body": {"type": known, "body": body == b"one two"},
    }


def table_of(servers: list[Asked]) -> str:
    """The sections, each a table: a field a line, a server a column."""
    return HEADER + "".join(section(what, servers) for what in MEANINGS)


def section(what: str, servers: list[Asked]) -> str:
    anchor = what.replace(".", "-").replace(" ", "-")
    head = f"| Field | What it is | {' | '.join(server.name for server in servers)} |\n"
    rule = "|---|---|" + "---|" * len(servers) + "\n"
    rows = "".join(f"| `{name}` | {meaning} | {' | '.join(cells)} |\n" for name, meaning, cells in lines(what, servers))
    return f"\n<!-- --8<-- [start:{anchor}] -->\n{head}{rule}{rows}<!-- --8<-- [end:{anchor}] -->\n"


def lines(what: str, servers: list[Asked]) -> Iterator[tuple[str, str, list[str]]]:
    """What the specification names, then what a server gives besides."""
    given = [server.seen.get(what, {}) for server in servers]
    besides = sorted({name for fields in given for name in fields} - set(MEANINGS[what]))
    for name in (*MEANINGS[what], *besides):
        meaning = MEANINGS[what].get(name, "not in the specification")
        yield name, meaning, [cell(name, fields) for fields in given]


def cell(name: str, fields: dict[str, str]) -> str:
    if name not in fields:
        return NO
    return f"`{fields[name]}`" if name in WITH_VALUE and fields[name] != YES else YES


def written() -> str:
    """What the three servers do today."""
    with TemporaryDirectory(prefix="fields-") as folder:
        return table_of([ask(name, Path(folder)) for name in COMMANDS])


def main() -> int:
    FILE.write_text(written(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
