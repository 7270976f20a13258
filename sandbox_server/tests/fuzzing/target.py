"""The server that is fuzzed: what must hold of it whatever it was sent."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from testing.program import Program
from testing.raw_client import PATIENCE_SECONDS, TEXT, Frame, RawClient, text

ON_PURPOSE = re.compile(
    r"""^ERROR\ daphne\.server:\ .*\(
    (bare_asgi|mistakes|bad_manners|broken_routing|layers|group_mistakes|life|front_doors|user_groups
    |asking|copied|failing|presence)
    \.py,\ line\ \d+\)$
    """,
    re.VERBOSE,
)
"""Sandboxes that show how a consumer fails."""

CHANNELS = re.compile(
    r"^ERROR daphne\.server: ("
    r"JSONDecodeError: .*|ValueError: No text section for incoming WebSocket frame!|ValueError: Exceeds the limit .*|"
    r"ValueError: No route found for path .*|ValueError: No handler for message type .*|"
    r"ValueError: No application configured for scope type .*|ValueError: Django can only handle ASGI/HTTP .*|"
    r"TypeError: object (NoneType|DefConsumer) can't be used in 'await' expression|"
    r"TypeError: Object of type bytes is not JSON serializable"
    r") \(\w+\.py, line \d+\)$"
)
"""What Channels raises where a sandbox leaves it to Channels to say no, and what the pages show of that."""

START = re.compile(r"^(Sandbox server on |  [\w ]+: )")
"""What it serves, and what is missing."""

OUTSIDE = re.compile(r"^(ERROR|WARNING) django\.(security|request)[.\w]*: ")
"""What a client got wrong, as Django notes it."""


class Target:
    """The server, a bystander on it, and how much of its log has been read."""

    def __init__(self, program: Program) -> None:
        self.program, self.url = program, program.url
        self.read = 0

    def __enter__(self) -> Target:
        self.bystander = RawClient(self.url, "/ws/echo/", source=("127.0.0.3", 0))
        return self

    def __exit__(self, *exception: object) -> None:
        self.bystander.__exit__()

    @contextmanager
    def unharmed(self) -> Iterator[None]:
        """Afterwards the bystander's echo goes on, and the log tells of no error but those that pages show."""
        yield
        self.bystander.send(text("still here"))
        while (answer := self.bystander.receive()) is not None and answer.opcode != TEXT:
            pass  # a ping of the server's
        assert answer == Frame(TEXT, b"still here")
        self.read_log()

    def read_log(self) -> None:
        """What is new in it must be known."""
        with self.program.log.open("rb") as log:
            log.seek(self.read)
            new = log.read()
        whole, _, _ = new.rpartition(b"\n")
        self.read += len(whole)
        unknown = [line for line in whole.decode(errors="replace").split("\n") if line and not is_known(line)]
        assert not unknown, "\n".join(unknown)


def connection_to(url: str) -> socket.socket:
    address = urlsplit(url)
    connection = socket.create_connection((address.hostname, address.port), PATIENCE_SECONDS)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def is_known(line: str) -> bool:
    return any(known.match(line) for known in (START, ON_PURPOSE, CHANNELS, OUTSIDE))


def send_chopped(connection: socket.socket, data: bytes, cuts: Sequence[int]) -> None:
    """Send in pieces, each of which may arrive by itself. The server may hang up meanwhile."""
    places = sorted({cut % (len(data) + 1) for cut in cuts})
    with suppress(ConnectionError):
        for begin, end in zip([0, *places], [*places, len(data)], strict=True):
            connection.sendall(data[begin:end])


def read_to_the_end(connection: socket.socket) -> bytes:
    """Everything until the end of TCP, orderly or not."""
    pieces: list[bytes] = []
    with suppress(ConnectionError):
        pieces.extend(iter(lambda: connection.recv(65536), b""))
    return b"".join(pieces)
