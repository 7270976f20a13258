"""One visitor who asks for too much: so many sockets, each of which does one hostile thing for some seconds.

`python -m benchmarks.flood '{…}'` prints one line of JSON: what was sent, and what the server let happen. It goes out
from 127.0.0.2, so that it is not the visitor who is measured, and steps aside for everything else on its core.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Any

HERE = "127.0.0.2"
UNMASKED = bytes(4)
REPEAT = 200
"""Frames that are written at once."""


@dataclass(frozen=True)
class Kind:
    """A request; once it is answered, what is written again and again, and whether anything is read."""

    path: str
    blob: bytes = b""
    reads: bool = True
    upgrade: bool = True


def frame(first: int, payload: bytes = b"") -> bytes:
    """A masked frame (RFC 6455, section 5.2), its opcode and FIN in the first byte."""
    length = len(payload)
    head = bytes([first, 0x80 | length]) if length < 126 else bytes([first, 0x80 | 126]) + length.to_bytes(2, "big")
    return head + UNMASKED + payload


ECHO = "/ws/echo/"
KINDS = {
    "messages of 64 bytes": Kind(ECHO, frame(0x81, b"x" * 64) * REPEAT),
    "messages of 16 KiB, nothing read": Kind(ECHO, frame(0x81, b"x" * 16384) * 8, reads=False),
    "empty fragments": Kind(ECHO, frame(0x01) + frame(0x00) * REPEAT),
    "pings": Kind(ECHO, frame(0x89, b"x" * 125) * REPEAT),
    "handshakes, and gone": Kind(ECHO),
    "requests for a page": Kind("/", upgrade=False),
    "requests for a name that is kept": Kind("/names/", upgrade=False),
}

done: Counter[str] = Counter()


class Socket(asyncio.Protocol):
    """Connects, asks, and floods until it is cut; whatever is cut begins anew."""

    transport: asyncio.Transport

    def __init__(self, kind: Kind, request: bytes, ended: asyncio.Event) -> None:
        self.kind, self.request, self.ended = kind, request, ended
        self.answered, self.paused = False, False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        done["connections"] += 1
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        if self.answered:
            return
        self.answered = True
        done[f"answered {data[9:12].decode(errors='replace')}"] += 1
        if not self.kind.blob or data[9:12] != b"101":
            self.transport.abort()
        else:
            if not self.kind.reads:
                self.transport.pause_reading()
            self.pump()

    def pump(self) -> None:
        while not self.paused and not self.transport.is_closing():
            done["bytes"] += len(self.kind.blob)
            self.transport.write(self.kind.blob)

    def pause_writing(self) -> None:
        self.paused = True

    def resume_writing(self) -> None:
        self.paused = False
        self.pump()

    def connection_lost(self, error: Exception | None) -> None:
        self.ended.set()


async def again_and_again(kind: Kind, port: int, origin: str) -> None:
    lines = [f"GET {kind.path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Origin: {origin}"]
    if kind.upgrade:
        lines += ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"]
        lines += ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
    request = "\r\n".join([*lines, "", ""]).encode()
    while True:
        ended = asyncio.Event()
        try:
            await asyncio.get_running_loop().create_connection(
                partial(Socket, kind, request, ended), "127.0.0.1", port, local_addr=(HERE, 0)
            )
            await ended.wait()
        except OSError as error:
            done[type(error).__name__] += 1
            await asyncio.sleep(0.1)


async def flood(kind: str, port: int, headers: dict[str, str], sockets: int, seconds: float) -> dict[str, int]:
    os.nice(19)
    tasks = [asyncio.create_task(again_and_again(KINDS[kind], port, headers["Origin"])) for _ in range(sockets)]
    await asyncio.sleep(seconds)
    for task in tasks:
        task.cancel()
    return dict(done)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(flood(**json.loads(sys.argv[1])))))
