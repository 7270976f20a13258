"""What an attack must leave as it was: a bystander's echo, the log, and the server's memory."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from sandbox_server.tests.clients import PATIENCE_SECONDS
from testing.program import Program, wait_until
from testing.raw_client import TEXT, Frame, RawClient, text

SPARE_MIB = 32
"""What a process may keep for what comes next. No attack of these tests sends less than three times as much."""


def resident_mib(server: Program) -> float:
    """The memory that the server holds, as Linux tells it."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{server.process.pid}/status").read_text())
    assert found is not None
    return int(found[1]) / 1024


@contextmanager
def undisturbed(server: Program) -> Iterator[RawClient]:
    """A bystander, who is from another address; afterwards its echo goes on, the log holds no traceback, and the memory
    has come back.
    """
    said, before = server.said(), resident_mib(server)
    with RawClient(server.url, "/ws/echo/", source=("127.0.0.3", 0)) as bystander:

        def echoes() -> None:
            bystander.send(text("still here"))
            assert bystander.receive() == Frame(TEXT, b"still here")

        echoes()
        yield bystander
        echoes()
    assert "Traceback" not in server.said().removeprefix(said)
    wait_until(lambda: resident_mib(server) < before + SPARE_MIB, f"{before:.0f} MiB, or little more")


def exchange(server: Program, data: bytes, source: tuple[str, int] = ("127.0.0.1", 0)) -> bytes:
    """Send bytes over TCP, as far as they are taken, and read to the end of TCP."""
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port), PATIENCE_SECONDS, source) as connection:
        with suppress(ConnectionError):
            connection.sendall(data)
        pieces: list[bytes] = []
        with suppress(ConnectionError):
            pieces.extend(iter(lambda: connection.recv(65536), b""))
        return b"".join(pieces)


def status_of(answer: bytes) -> int:
    """Of the first answer among these bytes."""
    return int(answer.split(b" ", 2)[1])
