"""A client that shares its connections out among several ports: handshakes, echoes and pages.

`python -m benchmarks.many_ports LOAD '{…}'` prints one line of JSON: `rate` is so many a second.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from itertools import cycle, islice
from typing import Any

from benchmarks.client import SENT, WARM_UP_SECONDS, Pump
from benchmarks.crowd import Idle, open_all

Ports = list[int]


def leave(connections: list[Any]) -> None:
    for connection in connections:
        connection.transport.abort()


async def handshakes(ports: Ports, headers: dict[str, str], path: str, connections: int) -> Any:
    opened, rate = await open_all(Idle, connections, ports, path=path, headers=headers)
    leave(opened)
    return {"rate": rate}


async def echoes(
    ports: Ports, headers: dict[str, str], path: str, connections: int, in_flight: int, seconds: float
) -> Any:
    """Each connection keeps so many messages on the way."""
    pumps, _ = await open_all(Pump, connections, ports, path=path, headers=headers)
    for pump in pumps:
        pump.transport.write(SENT * in_flight)
    await asyncio.sleep(WARM_UP_SECONDS)
    began, before = time.perf_counter(), Pump.total
    await asyncio.sleep(seconds)
    took = time.perf_counter() - began
    rate = (Pump.total - before) / took
    leave(pumps)
    return {"rate": rate, "took": took + WARM_UP_SECONDS}


async def pages(ports: Ports, headers: dict[str, str], path: str, connections: int, seconds: float) -> Any:
    """Each connection asks for the page again as soon as it has it."""
    until = time.perf_counter() + seconds
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()

    async def read(port: int) -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        count = 0
        while time.perf_counter() < until:
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            if " 200 " not in head.partition("\r\n")[0]:
                raise SystemExit(f"the page was answered with {head}")
            length = head.lower().partition("content-length:")[2].partition("\r\n")[0]
            await reader.readexactly(int(length))
            count += 1
        writer.close()
        return count

    began = time.perf_counter()
    counts = await asyncio.gather(*(read(port) for port in islice(cycle(ports), connections)))
    return {"rate": sum(counts) / (time.perf_counter() - began)}


if __name__ == "__main__":
    load: Any = {"handshakes": handshakes, "echoes": echoes, "pages": pages}[sys.argv[1]]
    print(json.dumps(asyncio.run(load(**json.loads(sys.argv[2])))))
