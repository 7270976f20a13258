"""Many WebSockets in one client process: idle ones, which stay until they are let go, and members of a group.

`python -m benchmarks.crowd idle '{…}'` prints one line of JSON once all are open, and ends when its input does;
`fan_out` prints one when all that can still arrive has arrived.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from itertools import cycle, islice
from typing import Any

from benchmarks.client import SENT, Connection, connect

AT_ONCE = 20
"""Handshakes that are under way at a time."""

SILENCE_SECONDS = 2.0
"""After which nothing more is expected to arrive: what is missing then was lost."""

PING, PONG = 0x89, 0x8A
UNMASKED = bytes(4)  # a mask that leaves the payload as it is


class Idle(Connection):
    """Says nothing, and answers each ping: that is all a browser does in a tab that nobody looks at."""

    rest = b""

    def data_received(self, data: bytes) -> None:
        if self.answer is not None:
            super().data_received(data)
            return
        data = self.rest + data
        while len(data) >= 2 and len(data) >= 2 + data[1]:
            payload, data = data[2 : 2 + data[1]], data[2 + data[1] :]
            self.transport.write(bytes([PONG, 0x80 | len(payload)]) + UNMASKED + payload)
        self.rest = data


class Member(Connection):
    """Counts what all members of the group have been sent, and keeps when the last of it came."""

    delivered = 0
    last = 0.0
    expected = 0
    complete: asyncio.Event

    def echoed(self, count: int) -> None:
        Member.delivered += count
        Member.last = time.perf_counter()
        if Member.delivered == Member.expected:
            Member.complete.set()


async def open_all(kind: type[Any], count: int, ports: Sequence[int], **where: Any) -> tuple[list[Any], float]:
    """So many connections, each at the next of the ports; and how many handshakes a second that was."""
    waiting = islice(cycle(ports), count)
    opened: list[Any] = []

    async def open_some() -> None:
        for port in waiting:
            opened.append(await connect(kind, port=port, **where))

    began = time.perf_counter()
    await asyncio.gather(*(open_some() for _ in range(AT_ONCE)))
    return opened, count / (time.perf_counter() - began)


async def idle(port: int, headers: dict[str, str], path: str, connections: int) -> Any:
    """Open them, say how quickly that went, and keep them until nobody wants them any more."""
    opened, rate = await open_all(Idle, connections, [port], path=path, headers=headers)
    print(json.dumps({"handshakes": rate}), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    for connection in opened:
        connection.transport.abort()


async def fan_out(ports: Sequence[int], headers: dict[str, str], path: str, connections: int, messages: int) -> Any:
    """One member sends so many messages at once. Deliveries a second to all members, and how many never came."""
    members, _ = await open_all(Member, connections, ports, path=path, headers=headers)
    await asyncio.sleep(SILENCE_SECONDS)  # a server with several processes may still be joining the last of them
    Member.expected, Member.complete = messages * connections, asyncio.Event()
    began = Member.last = time.perf_counter()
    members[0].transport.write(SENT * messages)
    before = -1
    while not Member.complete.is_set() and Member.delivered > before:
        before = Member.delivered
        with suppress(TimeoutError):
            await asyncio.wait_for(Member.complete.wait(), SILENCE_SECONDS)
    took = Member.last - began
    rate = Member.delivered / took if took else 0
    print(json.dumps({"rate": rate, "lost": Member.expected - Member.delivered}))
    for member in members:
        member.transport.abort()


if __name__ == "__main__":
    act: Any = {"idle": idle, "fan_out": fan_out}[sys.argv[1]]
    asyncio.run(act(**json.loads(sys.argv[2])))
