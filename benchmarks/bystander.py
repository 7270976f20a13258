"""`make bench-bystander`: what one visitor with 200 sockets does to another's echo, and what it leaves behind.

The server runs with its own limits. Each kind of flood has a fresh server, and lasts 20 seconds; a flood of nothing is
the first row. Afterwards the server is left alone for a while, and looked at again. Linux only.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.echo import table
from benchmarks.flood import KINDS
from benchmarks.memory import resident
from benchmarks.servers import ROOT, Server, pinned, running

SOCKETS = 200
SECONDS = 20
INTERVAL = 0.06
"""Between two echoes, in seconds: below the rate at which one visitor may send."""
AFTERWARDS_SECONDS = 15
MIB = 1024 * 1024


def main() -> None:
    print(f"Python {platform.python_version()}, daphne {version('daphne')}; load {os.getloadavg()[0]:.1f}")
    print(f"{SOCKETS} sockets for {SECONDS} s, and one other visitor's echo each {INTERVAL * 1000:.0f} ms\n")
    rows = [measured(kind) for kind in ("nothing", *KINDS)]
    columns = [
        "",
        "echo p50 ms",
        "p99",
        "longest",
        "MiB before",
        "most",
        "after",
        "threads",
        "descriptors",
        "database KiB",
    ]
    table([*columns, "log KiB", "what the flood saw"], rows)


def measured(kind: str) -> list[str]:
    """A row: the delays, and what the server has of what may run out, before and after."""
    with public_server() as (server, folder):
        server.measure("latency", **beat(seconds=1))
        before = state(server, folder)
        with flooding(server, kind, SECONDS) as saw:
            delays = milliseconds(server, SECONDS)
        time.sleep(AFTERWARDS_SECONDS)
        after, most = state(server, folder), resident(server.process, "VmHWM")
    memory = [str(before["MiB"]), f"{most:.0f}", str(after["MiB"])]
    others = [f"{before[what]} → {after[what]}" for what in ("threads", "descriptors", "database")]
    return [kind, *delays, *memory, *others, str(after["log"]), told(saw)]


@contextmanager
def public_server(**settings: str) -> Iterator[tuple[Server, Path]]:
    """The server as it is in public, and the folder of its log and database."""
    with tempfile.TemporaryDirectory() as name:
        settings = {"SANDBOX_SITE": "off", **settings}
        with running("sandbox_server", "--port=PORT", folder=Path(name), settings=settings, generous=False) as server:
            yield server, Path(name)


@contextmanager
def flooding(server: Server, kind: str, seconds: float) -> Iterator[dict[str, int]]:
    """A flood from the beginning of the block until its end. Filled at the end: what the flood saw."""
    saw: dict[str, int] = {}
    if kind not in KINDS:
        yield saw
        return
    given = {"kind": kind, "port": server.port, "headers": server.headers, "sockets": SOCKETS, "seconds": seconds + 1}
    command = [sys.executable, "-m", "benchmarks.flood", json.dumps(given)]
    with subprocess.Popen(command, cwd=ROOT, preexec_fn=pinned(1), stdout=subprocess.PIPE, text=True) as flood:
        yield saw
        saw |= json.loads(flood.communicate()[0])


def milliseconds(server: Server, seconds: float) -> list[str]:
    """Of an echo that is sent at a beat for so long: median, 99th percentile, longest."""
    took = server.measure("latency", **beat(seconds))["took"]
    percentiles = quantiles(took, n=100)
    return [f"{figure * 1000:.1f}" for figure in (percentiles[49], percentiles[98], max(took))]


def beat(seconds: float) -> dict[str, Any]:
    return {"path": "/ws/echo/", "seconds": seconds, "interval": INTERVAL, "block_path": "", "blocks": 0}


def state(server: Server, folder: Path) -> dict[str, int]:
    """What the server has of what may run out: memory in MiB, the files in KiB."""
    process = Path(f"/proc/{server.process.pid}")
    return {
        "MiB": round(resident(server.process, "VmRSS")),
        "threads": len(list((process / "task").iterdir())),
        "descriptors": len(list((process / "fd").iterdir())),
        "database": sum(path.stat().st_size for path in folder.glob("house.sqlite3*")) // 1024,
        "log": sum(path.stat().st_size for path in folder.glob("*.log")) // 1024,
    }


def told(saw: dict[str, int]) -> str:
    """What the flood saw, in words."""
    return ", ".join(
        f"{count // MIB:,} MiB sent" if what == "bytes" else f"{what}: {count:,}" for what, count in sorted(saw.items())
    )


if __name__ == "__main__":
    main()
