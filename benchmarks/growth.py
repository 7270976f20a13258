"""`make bench-growth`: what many connections cost: memory, delay, handshakes, and a group's fan-out. Linux only.

Ours, and what Channels' tutorial leads to on Daphne and on uvicorn; each alone, one after the other.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.echo import table
from benchmarks.memory import resident
from benchmarks.servers import NOTHING, ROOT, Server, daphne, measure, pinned, running
from testing.own_redis import Redis

CROWDS = (100, 1000, 5000)
"""Idle connections. Each takes a file descriptor of the server's and one of the client's."""
LATENCY_SECONDS, INTERVAL = 5, 0.01

MEMBERS = 200
BURSTS = (50, 150)
"""Messages that one member sends at once. A channel layer keeps 100 for a consumer, and drops what is more."""
ROUNDS = 3

IN_MEMORY, THROUGH_REDIS = "channels.layers.InMemoryChannelLayer", "channels_redis.core.RedisChannelLayer"
PUB_SUB = "channels_redis.pubsub.RedisPubSubChannelLayer"

Start = Callable[..., AbstractContextManager[Server]]


@contextmanager
def ours(folder: Path, settings: Mapping[str, str] = NOTHING, core: int | None = 0) -> Iterator[Server]:
    """The project's server, and nobody logged in."""
    with running("benchmarks.house", "--port=PORT", folder=folder, settings=settings, core=core) as server:
        yield server


@contextmanager
def on_daphne(folder: Path, settings: Mapping[str, str] = NOTHING, core: int | None = 0) -> Iterator[Server]:
    with daphne("plain", folder, settings, core) as server:
        yield server


@contextmanager
def on_uvicorn(folder: Path, settings: Mapping[str, str] = NOTHING, core: int | None = 0) -> Iterator[Server]:
    arguments = ["--port=PORT", "--log-level=warning", "benchmarks.plain:application"]
    with running("uvicorn", *arguments, folder=folder, settings=settings, core=core) as server:
        server.headers["Origin"] = f"http://127.0.0.1:{server.port}"
        yield server


SERVERS: dict[str, Start] = {
    "ours": ours,
    "Channels on Daphne": on_daphne,
    "Channels on uvicorn": on_uvicorn,
}


def main() -> None:
    print(f"{compared()}\n")
    with tempfile.TemporaryDirectory() as folder:
        idle(Path(folder))
        fan_out(Path(folder))


def compared() -> str:
    """The versions of what is measured, and how busy the machine is."""
    names = ["daphne", "uvicorn", "channels", "channels-redis", "django"]
    packages = ", ".join(f"{name} {version(name)}" for name in names)
    return f"Python {platform.python_version()}, {packages}; load {os.getloadavg()[0]:.1f}"


def idle(folder: Path) -> None:
    """Idle connections of `/ws/echo/`, and one visitor whose echo is timed among them."""
    rows = []
    for count in CROWDS:
        for name, start in SERVERS.items():
            with start(folder) as server:
                server.measure("latency", **beat(seconds=1))  # whatever is made once is made
                before = resident(server.process, "VmRSS")
                with crowd(server, count) as opened:
                    took = server.measure("latency", **beat(seconds=LATENCY_SECONDS))["took"]
                    kib = (resident(server.process, "VmRSS") - before) * 1024 / count
            percentiles = quantiles(took, n=100)
            delays = (f"{percentiles[49] * 1000:.1f}", f"{percentiles[98] * 1000:.1f}")
            rows.append([f"{count:,}", name, f"{opened['handshakes']:,.0f}", f"{kib:.1f}", *delays])
    print("Idle connections: handshakes a second, KiB of memory a connection, and an echo's milliseconds beside them")
    table(["", "", "handshakes/s", "KiB each", "p50", "p99"], rows)


def beat(seconds: float) -> dict[str, Any]:
    return {"path": "/ws/echo/", "seconds": seconds, "interval": INTERVAL, "block_path": "", "blocks": 0}


@contextmanager
def crowd(server: Server, count: int) -> Iterator[Any]:
    """Idle connections, until the block ends. Gives what the client measured while it opened them."""
    given = {"port": server.port, "headers": server.headers, "path": "/ws/echo/", "connections": count}
    command = [sys.executable, "-m", "benchmarks.crowd", "idle", json.dumps(given)]
    with subprocess.Popen(
        command, cwd=ROOT, preexec_fn=pinned(1), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as client:
        assert client.stdout
        line = client.stdout.readline()
        if not line:
            raise SystemExit(f"{count} connections could not be opened")
        yield json.loads(line)


def fan_out(folder: Path) -> None:
    """What one member says goes to all: in memory, and through Redis."""
    redis = Redis(folder)
    try:
        layers = {
            "in memory": {"ours": {}, "plain": {"BENCHMARK_LAYER": IN_MEMORY}},
            "through Redis": {
                "ours": {"REDIS_URL": redis.url},
                "plain": {"BENCHMARK_LAYER": THROUGH_REDIS, "BENCHMARK_REDIS": redis.url},
            },
            "through Redis, pub/sub": {"plain": {"BENCHMARK_LAYER": PUB_SUB, "BENCHMARK_REDIS": redis.url}},
        }
        rows = []
        for layer, settings in layers.items():
            for burst in BURSTS:
                for name, start in SERVERS.items():
                    environment = settings.get("ours" if name == "ours" else "plain")
                    if environment is not None:
                        rows.append([layer, f"{burst}", name, *deliveries(start, folder, environment, burst)])
    finally:
        redis.end()
    print(
        f"One of {MEMBERS} members says so many messages at once: deliveries a second, and how many never came; "
        f"medians of {ROUNDS}"
    )
    table(["", "messages", "", "deliveries/s", "lost"], rows)


def deliveries(start: Start, folder: Path, environment: dict[str, str], burst: int) -> list[str]:
    with start(folder, environment) as server:
        seen = [
            measure("fan_out", "benchmarks.crowd", [server], path="/ws/group/", connections=MEMBERS, messages=burst)
            for _ in range(ROUNDS)
        ]
    lost = median(one["lost"] for one in seen) / (MEMBERS * burst)
    return [f"{median(one['rate'] for one in seen):,.0f}", f"{lost:.0%}"]


if __name__ == "__main__":
    main()
