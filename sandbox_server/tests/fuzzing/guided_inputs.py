"""What the guided fuzzer sends, what it begins from, and what must hold afterwards."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from socket import SHUT_WR
from threading import Thread
from traceback import print_exc

from live_docs.markdown.pages import read_pages
from live_docs.notation.steps import Connect, Send
from sandbox_server import __main__ as server
from sandbox_server.guards.log import ShortFormatter
from sandbox_server.tests.fuzzing.paths import fetch
from sandbox_server.tests.fuzzing.target import connection_to, is_known, read_to_the_end, send_chopped
from sandbox_server.tests.fuzzing.test_handshakes import LAST, STATUS
from testing.program import answers, wait_until
from testing.project import ROOT
from testing.raw_client import BINARY, CLOSE, PING, TEXT, Frame, RawClient, close, frame, text

HEAD, BYTES, FRAMES, MESSAGES = range(4)
HANDSHAKE = b"\r\n".join(
    (
        b"GET /ws/echo/ HTTP/1.1",
        b"Host: 127.0.0.1",
        b"Upgrade: websocket",
        b"Connection: Upgrade",
        b"Sec-WebSocket-Version: 13",
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    )
)
CAPTURE = re.compile(r"\$\{\w+\}")
SLOW = re.compile(r"^/ws/(mistakes/forget|told/.*/no-answer|race|raw|tests|four-consumers)\b")
"""Their work takes seconds, whatever they are asked: hypothesis asks them."""

BYSTANDER_EVERY = 50
MOST_MESSAGES = 20


class Unknown(logging.Handler):
    """Keeps the lines of the log that nobody knows."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(ShortFormatter("%(levelname)s %(name)s: %(message)s"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += [line for line in self.format(record).split("\n") if line and not is_known(line)]

    def listen(self) -> None:
        """In the place of whoever else does: what is known is nothing to look at."""
        for logger in (logging.root, *logging.root.manager.loggerDict.values()):
            if isinstance(logger, logging.Logger) and logger.handlers:
                logger.handlers = [self]


class Inputs:
    """Sends inputs to the server, and raises AssertionError for what must not be."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.conversations = list(conversations(url))
        self.paths = list(dict.fromkeys(path for path, _ in self.conversations))
        self.unknown = Unknown()
        self.unknown.listen()
        self.bystander = RawClient(url, "/ws/echo/", source=("127.0.0.3", 0))
        self.sent = 0

    def send(self, data: bytes) -> None:
        """One input. Its first byte says of which kind it is."""
        if not data:
            return
        kind, rest = data[0] % 4, data[1:]
        if kind == HEAD:
            self.send_head(rest)
        elif kind == BYTES:
            self.send_behind_a_handshake("/ws/echo/", rest)
        elif kind == FRAMES:
            self.send_behind_a_handshake("/ws/echo/", b"".join(frames_of(rest)))
        elif rest:
            said = b"".join(frame(TEXT, line) for line in rest[1:].split(b"\n")[:MOST_MESSAGES])
            self.send_behind_a_handshake(self.paths[rest[0] % len(self.paths)], said + close(1000))
        self.sent += 1
        if self.sent % BYSTANDER_EVERY == 0:
            self.look_at_the_bystander()
        lines, self.unknown.lines = self.unknown.lines, []
        assert not lines, "\n".join(lines)

    def send_head(self, head: bytes) -> None:
        """Answered, and not with a 500; then the server ends TCP, since a last request has it do so."""
        with connection_to(self.url) as connection:
            send_chopped(connection, head + b"\r\n\r\n", [])
            answer = connection.recv(65536)
            send_chopped(connection, LAST, [])
            answer += read_to_the_end(connection)
        statuses = [int(status) for status in STATUS.findall(answer)]
        assert statuses, answer
        assert all(status < 500 or status == 505 for status in statuses), answer

    def shake_hands(self, path: str) -> RawClient:
        """A handshake that is right is answered. Where the machine stood still for as long as a head may take, the
        server has hung up instead: the next one shows which it was.
        """
        for _ in range(3):
            client = RawClient(self.url, path, answered=False, Cookie="observer=abcdefghijklmnop")
            if client.stream.peek(1):
                client.response = client.read_response()
                return client
            client.__exit__()
        raise AssertionError(f"{path}: three handshakes were not answered")

    def send_behind_a_handshake(self, path: str, data: bytes) -> None:
        """TCP ends once the client has hung up."""
        with self.shake_hands(path) as client:
            send_chopped(client.socket, data, [])
            with suppress(OSError):  # the server was first
                client.socket.shutdown(SHUT_WR)
            read_to_the_end(client.socket)

    def look_at_the_bystander(self) -> None:
        self.bystander.send(text("still here"))
        while (answer := self.bystander.receive()) is not None and answer.opcode not in (TEXT, BINARY, CLOSE):
            pass  # a ping of the server's
        assert answer == Frame(TEXT, b"still here")

    def write_seeds(self, folder: Path) -> None:
        """What the fuzzer changes and puts together: the pages' conversations, and heads and frames that are right."""
        seeds = [
            bytes([MESSAGES, self.paths.index(path)]) + b"\n".join(said)
            for path, said in self.conversations
            if self.paths.index(path) < 256
        ]
        heads = (b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1", b"POST /names/ HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}")
        seeds += [bytes([HEAD]) + head for head in (*heads, HANDSHAKE)]
        pieces = frame(TEXT, b"a", fin=False), frame(PING, b"b"), frame(0, b"c"), frame(BINARY, b"d" * 200)
        seeds += [bytes([BYTES]) + data for data in (*pieces, b"".join(pieces), close(1000, "bye"))]
        said = b"\x01\x01a", b"\x89\x01b", b"\x80\x01c", b"\x82\x03def", b"\x88\x02\x03\xe8"
        seeds += [bytes([FRAMES]) + data for data in (*said, b"".join(said))]
        folder.mkdir()
        for number, seed in enumerate(seeds):
            (folder / str(number)).write_bytes(seed)


def frames_of(data: bytes) -> Iterator[bytes]:
    """Each by its first byte, FIN, RSV and opcode, its length in one byte, and so much payload; masked."""
    while len(data) > 1:
        first, length, data = data[0], data[1], data[2:]
        yield frame(first & 0x0F, data[:length], fin=bool(first & 0x80), rsv=first >> 4 & 7)
        data = data[length:]


def conversations(url: str) -> Iterator[tuple[str, list[bytes]]]:
    """Of the pages' transcripts: each path that is connected to, and what is said there. What they capture is asked of
    this server: a signature cannot be made up.
    """
    name, room = str(fetch(url, "/names/")["name"]), str(fetch(url, "/rooms/", "POST")["room"])
    for page in read_pages(ROOT / "docs"):
        for transcript in page.transcripts:
            steps = [line.step for line in transcript.lines]
            said = [step.data for step in steps if isinstance(step, Send)]
            for step in steps:
                if isinstance(step, Connect) and not SLOW.match(step.path):
                    path = CAPTURE.sub(room if step.path.startswith("/ws/rooms/") else name, step.path)
                    yield path, [data.encode() if isinstance(data, str) else data for data in said]


def serve(port: int, fuzz: Callable[[str], None]) -> None:
    """Serve in this thread, as Twisted wants, and fuzz in another, once the server answers."""
    url = f"http://127.0.0.1:{port}"

    def run() -> None:
        try:
            wait_until(lambda: answers(url), f"an answer from {url}")
            fuzz(url)
        except BaseException:
            print_exc()
            os._exit(1)

    Thread(target=run, daemon=True).start()
    sys.argv[1:] = [f"--port={port}"]
    server.main()
