"""`make bench-processes`: what a second and a third server process add to handshakes, echoes, a group across them, and
pages. Linux only.

Ours, and Channels on plain Daphne and on uvicorn, each as one, two and three processes with Redis between them. Nothing
stands in front: the client shares its connections out among the ports, as nginx does. It takes a core's part itself,
so all of it runs on whatever cores there are; `servers used` says how much of them the server processes had.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.echo import table
from benchmarks.growth import SERVERS, THROUGH_REDIS, compared
from benchmarks.servers import Server, measure
from testing.own_redis import Redis

PROCESSES = (1, 2, 3)
ROUNDS = 3
PAGE_BYTES = 40 * 1024
"""Of HTML, as a page of this site has; nobody compresses it here."""

CLIENTS = "benchmarks.many_ports", "benchmarks.crowd"
LOADS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "handshakes": ("handshakes", CLIENTS[0], {"path": "/ws/echo/", "connections": 600}),
    "echoes": ("echoes", CLIENTS[0], {"path": "/ws/echo/", "connections": 60, "in_flight": 16, "seconds": 3}),
    "deliveries": ("fan_out", CLIENTS[1], {"path": "/ws/group/", "connections": 200, "messages": 50}),
    "pages": ("pages", CLIENTS[0], {"path": "/page.html", "connections": 20, "seconds": 3}),
}


def main() -> None:
    cores = len(os.sched_getaffinity(0))
    print(f"{compared()}; {cores} cores for all\n")
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = write_site(folder / "site")
        redis = Redis(folder)
        try:
            settings = {
                "REDIS_URL": redis.url,
                "SANDBOX_SITE": str(site),
                "BENCHMARK_LAYER": THROUGH_REDIS,
                "BENCHMARK_REDIS": redis.url,
                "BENCHMARK_PAGE": str(site / "page.html"),
            }
            for count in PROCESSES:
                for kind in SERVERS:
                    rows.append([str(count), kind, *measured(kind, count, folder, settings)])
        finally:
            redis.end()
    print(f"So many a second, medians of {ROUNDS}: with so many processes, and Redis between them")
    table(["processes", "", *LOADS, "lost", "servers used"], rows)


def write_site(folder: Path) -> Path:
    """A site of one page."""
    folder.mkdir()
    page = "<!doctype html><title>A page</title>".ljust(PAGE_BYTES, "x")
    for name in ("index.html", "404.html", "page.html"):
        (folder / name).write_text(page, encoding="utf-8")
    return folder


def measured(kind: str, count: int, folder: Path, settings: dict[str, str]) -> list[str]:
    """What so many processes of this kind bear, and how many cores they used for the echoes."""
    with ExitStack() as stack:
        servers = [stack.enter_context(SERVERS[kind](folder, settings, core=None)) for _ in range(count)]
        seen: dict[str, list[float]] = {}
        lost = used = 0.0
        for _ in range(ROUNDS):
            for load, (what, client, arguments) in LOADS.items():
                before = sum(map(busy_seconds, servers))
                told = measure(what, client, servers, core=None, **arguments)
                seen.setdefault(load, []).append(told["rate"])
                lost = max(lost, told.get("lost", 0))
                if load == "echoes":
                    used = (sum(map(busy_seconds, servers)) - before) / told["took"]
    return [*(f"{median(rates):,.0f}" for rates in seen.values()), f"{lost:.0f}", f"{used:.1f} cores"]


def busy_seconds(server: Server) -> float:
    """The processor's time that the server has had (proc(5), fields 14 and 15 of `stat`)."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
