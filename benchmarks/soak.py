"""`make soak`: ten minutes of everything that `bystander` does, on one server, while its Redis goes and comes back.

A row a round: what a bystander's echo took during the floods of that round, and what the server has of what may run out
once it has been left alone for a moment. What grows from round to round leaks. Linux only.
"""

from __future__ import annotations

import os
import platform
import tempfile
import threading
import time
from importlib.metadata import version
from pathlib import Path
from statistics import quantiles

from benchmarks.bystander import SOCKETS, beat, flooding, public_server, state
from benchmarks.echo import table
from benchmarks.flood import KINDS
from testing.own_redis import Redis

ROUNDS = 6
SECONDS = 12
"""Of each flood; there are seven in a round."""
REDIS_AWAY_SECONDS = 3
AFTERWARDS_SECONDS = 12


def main() -> None:
    print(f"Python {platform.python_version()}, daphne {version('daphne')}; load {os.getloadavg()[0]:.1f}")
    floods = f"{len(KINDS)} floods of {SECONDS} s a round"
    print(f"{SOCKETS} hostile sockets, {floods}; Redis is away for {REDIS_AWAY_SECONDS} s of each\n")
    rows = []
    with tempfile.TemporaryDirectory() as name:
        redis = Redis(Path(name))
        try:
            with public_server(REDIS_URL=redis.url) as (server, folder):
                server.measure("latency", **beat(seconds=1))
                rows.append(["before", "", "", "", *map(str, state(server, folder).values())])
                for number in range(1, ROUNDS + 1):
                    took: list[float] = []
                    for kind in KINDS:
                        away = threading.Thread(target=restart, args=[redis])
                        away.start()
                        with flooding(server, kind, SECONDS):
                            took += server.measure("latency", **beat(SECONDS))["took"]
                        away.join()
                    time.sleep(AFTERWARDS_SECONDS)
                    percentiles = quantiles(took, n=100)
                    delays = [f"{figure * 1000:.1f}" for figure in (percentiles[49], percentiles[98], max(took))]
                    rows.append([str(number), *delays, *map(str, state(server, folder).values())])
        finally:
            redis.end()
    table(["round", "echo p50 ms", "p99", "longest", "MiB", "threads", "descriptors", "database KiB", "log KiB"], rows)


def restart(redis: Redis) -> None:
    time.sleep(SECONDS / 4)
    redis.end()
    time.sleep(REDIS_AWAY_SECONDS)
    redis.begin()


if __name__ == "__main__":
    main()
