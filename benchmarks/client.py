"""A WebSocket client that costs next to nothing: one frame, built once, sent and counted as bytes.

`python -m benchmarks.client throughput|latency '{…}'` prints one line of JSON. A process of its own, so that it
can have a core of its own.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import deque
from typing import Any

PAYLOAD = b"x" * 64
MASK = bytes.fromhex("37fa213d")
MASKED = bytes(byte ^ MASK[index % 4] for index, byte in enumerate(PAYLOAD))
SENT = bytes([0x81, 0x80 | len(PAYLOAD)]) + MASK + MASKED
ECHOED = bytes([0x81, len(PAYLOAD)]) + PAYLOAD
WARM_UP_SECONDS = 0.5


class Connection(asyncio.Protocol):
    """Opens a WebSocket, and then only counts: `echoed` is called with the number of whole echoes that arrived."""

    def __init__(self, request: bytes) -> None:
        self.request = request
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.answer: bytes | None = b""
        self.partial = b""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        if self.answer is not None:
            head, end, data = (self.answer + data).partition(b"\r\n\r\n")
            if not end:
                self.answer = head
                return
            if b" 101 " not in head.partition(b"\r\n")[0]:
                raise SystemExit(f"the handshake was refused: {head.decode()}")
            self.answer = None
            self.opened.set_result(None)
        count, rest = divmod(len(self.partial) + len(data), len(ECHOED))
        if (received := self.partial + data) != (ECHOED * (count + 1))[: len(received)]:
            raise SystemExit(f"not an echo: {received[:80]!r}")
        self.partial = received[len(received) - rest :]
        if count:
            self.echoed(count)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.transport.is_closing():
            raise SystemExit("the server closed the connection")

    def echoed(self, count: int) -> None:
        raise NotImplementedError


class Pump(Connection):
    """Keeps a number of messages in flight."""

    total = 0

    def echoed(self, count: int) -> None:
        Pump.total += count
        self.transport.write(SENT * count)


class Metronome(Connection):
    """Sends one message at a time, when it is told, and keeps how long each took from when it was due."""

    def __init__(self, request: bytes) -> None:
        super().__init__(request)
        self.due: deque[float] = deque()
        self.took: list[float] = []
        self.answered = asyncio.Event()

    def send(self, due: float) -> None:
        self.due.append(due)
        self.answered.clear()
        self.transport.write(SENT)

    def echoed(self, count: int) -> None:
        now = time.perf_counter()
        self.took += [now - self.due.popleft() for _ in range(count)]
        if not self.due:
            self.answered.set()


async def connect(kind: type[Any], port: int, path: str, headers: dict[str, str]) -> Any:
    """Open a WebSocket (RFC 6455, section 4.1)."""
    needed = {
        "Host": f"127.0.0.1:{port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
    }
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in {**needed, **headers}.items())]
    request = "\r\n".join([*lines, "", ""]).encode()
    _, connection = await asyncio.get_running_loop().create_connection(lambda: kind(request), "127.0.0.1", port)
    await connection.opened
    return connection


async def throughput(
    port: int, headers: dict[str, str], path: str, connections: int, in_flight: int, seconds: float
) -> Any:
    """Messages per second, and the part of its core that this client used."""
    pumps = [await connect(Pump, port, path, headers) for _ in range(connections)]
    for pump in pumps:
        pump.transport.write(SENT * in_flight)
    await asyncio.sleep(WARM_UP_SECONDS)
    start, busy, before = time.perf_counter(), time.process_time(), Pump.total
    await asyncio.sleep(seconds)
    took = time.perf_counter() - start
    result = {"rate": (Pump.total - before) / took, "client_busy": (time.process_time() - busy) / took}
    for pump in pumps:
        pump.transport.abort()
    return result


async def latency(
    port: int, headers: dict[str, str], path: str, seconds: float, interval: float, block_path: str, blocks: int
) -> Any:
    """Seconds that each echo took, sent at a fixed beat, while another connection blocks the server's shared thread.

    The beat does not wait for answers: a message held up behind another counts from when it was due.
    """
    metronome = await connect(Metronome, port, path, headers)
    if blocks:
        blocker = await connect(Metronome, port, block_path, headers)
        for _ in range(blocks):
            blocker.send(time.perf_counter())  # each message blocks for a second, one after the other
    start = time.perf_counter()
    for beat in range(round(seconds / interval)):
        due = start + beat * interval
        await asyncio.sleep(max(0, due - time.perf_counter()))
        metronome.send(due)
    await metronome.answered.wait()
    return {"took": metronome.took}


if __name__ == "__main__":
    measure: Any = {"throughput": throughput, "latency": latency}[sys.argv[1]]
    print(json.dumps(asyncio.run(measure(**json.loads(sys.argv[2])))))
