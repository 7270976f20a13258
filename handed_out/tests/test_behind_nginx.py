"""The printed file for nginx: TLS for a whole site, two Daphnes behind it, and who asks."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from handed_out.nginx import whole_site
from handed_out.reader import PORT, Reader, printed
from handed_out.tests.clients import PATIENCE_SECONDS
from live_docs.player.tls_tunnel import open_tls
from testing.certificates import write_certificate
from testing.ports import reserved_port
from testing.program import Program

pytestmark = pytest.mark.long

HOST = "example.org"
FORGED = {"X-Forwarded-For": "198.51.100.66", "X-Real-IP": "198.51.100.66", "X-Forwarded-Proto": "gopher"}


@contextmanager
def daphne(reader: Reader, application: str) -> Iterator[Program]:
    """As the page starts it."""
    port = str(reserved_port())
    command = printed("deploying/daphne.sh").replace(PORT, port).replace("mysite.asgi", application)
    with reader.start(["bash", "-c", f"exec {command}"], f"http://127.0.0.1:{port}") as program:
        yield program


@contextmanager
def site(reader: Reader, application: str) -> Iterator[tuple[list[Program], Program, ssl.SSLContext]]:
    """Two servers with nginx in front of them, and what a client needs to believe its certificate."""
    authority = write_certificate(reader.folder, HOST, "certificate.pem", "key.pem")
    certificate, key = (reader.folder / name for name in ("certificate.pem", "key.pem"))
    with ExitStack() as stack:
        servers = [stack.enter_context(daphne(reader, application)) for _ in range(2)]
        nginx = stack.enter_context(whole_site(servers, reader, certificate, key))
        yield servers, nginx, ssl.create_default_context(cafile=authority)


def dial(nginx: Program, trust: ssl.SSLContext, path: str, **headers: str) -> ClientConnection:
    """A browser's `new WebSocket("wss://example.org/…")`, wherever that name leads.

    It comes back where Daphne gave up a handshake, which it does after 5 s: that can happen on a busy machine.
    """
    for _ in range(20):
        with suppress(InvalidHandshake):
            return dial_once(nginx, trust, path, **headers)
    return dial_once(nginx, trust, path, **headers)


def dial_once(nginx: Program, trust: ssl.SSLContext, path: str, **headers: str) -> ClientConnection:
    return connect(
        f"ws://{HOST}{path}",
        sock=open_tls(("127.0.0.1", urlsplit(nginx.url).port or 0), HOST, trust),
        origin=Origin(f"https://{HOST}"),
        additional_headers={name.replace("_", "-"): value for name, value in headers.items()},
        open_timeout=PATIENCE_SECONDS,
        ping_interval=None,
        proxy=None,
    )


@pytest.fixture
def published(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """A project with the printed settings of production."""
    monkeypatch.setenv("SECRET_KEY", "of this test")
    reader.choose_layer("in_memory")
    reader.add("mysite/settings.py", printed("deploying/settings.py"))
    reader.write("mysite/seen.py", printed("deploying/seen.py"))
    return reader


def test_what_a_visitor_writes_of_themselves_does_not_get_through(published: Reader) -> None:
    """nginx overwrites all three headers; and the application hears the name that the browser asked for."""
    with site(published, "mysite.seen") as (_, nginx, trust), dial(nginx, trust, "/", **FORGED) as visitor:
        seen = json.loads(visitor.recv(PATIENCE_SECONDS))
    assert seen["client"][0] == "127.0.0.1"
    headers = dict(seen["headers"])
    assert headers["x-forwarded-for"] == headers["x-real-ip"] == "127.0.0.1"
    assert headers["x-forwarded-proto"] == "https"
    assert headers["host"] == HOST


def test_while_one_server_restarts_the_other_takes_whoever_comes(published: Reader) -> None:
    """Sockets at the first end; whoever comes, comes in at the second, with production's origin check on."""
    with site(published, "mysite.asgi") as (servers, nginx, trust), ExitStack() as stack:
        sockets = [stack.enter_context(dial(nginx, trust, f"/ws/chat/room-{number}/")) for number in range(6)]
        servers[0].end()
        still_here = [member for member in sockets if alive(member)]
        assert 0 < len(still_here) < len(sockets), "nginx shares them out"
        for _ in range(3):
            with dial(nginx, trust, "/ws/chat/lobby/") as visitor:
                assert alive(visitor)


def alive(member: ClientConnection) -> bool:
    """Whether the chat still echoes."""
    try:
        member.send("still here?")
        return member.recv(PATIENCE_SECONDS) == "still here?"
    except ConnectionClosed:
        return False
