"""`make bench`: what a message costs here, in plain Channels, and in Daphne alone; and who waits for whom."""

from __future__ import annotations

import platform
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.servers import CAN_PIN, Server, daphne, house

ROUNDS = 7
SECONDS = 2
LOADS = {"50 connections x 16 in flight": (50, 16), "1 connection x 1": (1, 1)}

BLOCKS = 5
"""Messages of the blocking visitor in a round; each blocks the shared thread for one second."""
BLOCKED_ROUNDS = 3
INTERVAL = 0.01


def main() -> None:
    packages = ", ".join(f"{name} {version(name)}" for name in ["daphne", "channels", "django"])
    cores = "server and client on a core each" if CAN_PIN else "not pinned to cores"
    print(f"Python {platform.python_version()}, {packages}; 64-byte text messages; {cores}\n")
    with tempfile.TemporaryDirectory() as folder:
        compare_throughput(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        compare_latency(Path(folder))


def compare_throughput(folder: Path) -> None:
    """The servers take turns, so that whatever else the machine does falls on all of them."""
    rates: dict[str, dict[str, list[float]]] = {}
    busy = 0.0
    with ExitStack() as stack:
        servers = {
            "the house": stack.enter_context(house("sandbox_server", folder)),
            "the house, no observer": stack.enter_context(house("benchmarks.unwatched", folder)),
            "plain Channels": stack.enter_context(daphne("plain", folder)),
            "raw ASGI": stack.enter_context(daphne("raw", folder)),
        }
        for _ in range(ROUNDS):
            for load, (connections, in_flight) in LOADS.items():
                for name, server in servers.items():
                    measured = server.measure(
                        "throughput", path="/ws/echo/", connections=connections, in_flight=in_flight, seconds=SECONDS
                    )
                    rates.setdefault(name, {}).setdefault(load, []).append(measured["rate"])
                    busy = max(busy, measured["client_busy"])
    ours = rates["the house"]
    rows = [[name, *(spread(of[load], ",.0f") for load in LOADS)] for name, of in rates.items()]
    for name in [name for name in rates if name != "the house"]:
        ratios = {load: [a / b for a, b in zip(ours[load], rates[name][load], strict=True)] for load in LOADS}
        rows.append([f"the house / {name}", *(spread(ratios[load], ".2f") for load in LOADS)])
    print(
        f"Messages per second: median of {ROUNDS} rounds (least to most); the client used {busy:.0%} of a core at most"
    )
    table(["", *LOADS], rows)


def compare_latency(folder: Path) -> None:
    """One visitor's echo at a steady beat, alone and while another visitor blocks the shared thread."""
    rows = []
    with ExitStack() as stack:
        servers = {
            "the house": stack.enter_context(house("benchmarks.house", folder)),
            "plain Channels": stack.enter_context(daphne("plain", folder)),
        }
        took: dict[tuple[str, int], list[list[float]]] = {}
        for _ in range(BLOCKED_ROUNDS):
            for blocks in [0, BLOCKS]:
                for name, server in servers.items():
                    took.setdefault((name, blocks), []).append(echo_latency(server, blocks))
    for (name, blocks), rounds in sorted(took.items()):
        percentiles = [quantiles(seconds, n=100) for seconds in rounds]
        figures = [median(of[49] for of in percentiles), median(of[98] for of in percentiles), max(map(max, rounds))]
        case = "the shared thread blocked" if blocks else "nobody else there"
        rows.append([name, case, *(f"{figure * 1000:,.1f}" for figure in figures)])
    print(f"Milliseconds that an echo takes, sent every {INTERVAL * 1000:.0f} ms: medians of {BLOCKED_ROUNDS} rounds")
    table(["", "", "p50", "p99", "longest of all"], rows)


def echo_latency(server: Server, blocks: int) -> list[float]:
    measured = server.measure(
        "latency", path="/ws/echo/", seconds=BLOCKS, interval=INTERVAL, block_path="/ws/block/", blocks=blocks
    )
    took: list[float] = measured["took"]
    return took


def spread(values: Iterable[float], form: str) -> str:
    ordered = sorted(values)
    return f"{median(ordered):{form}} ({ordered[0]:{form}} to {ordered[-1]:{form}})"


def table(head: list[str], rows: list[list[Any]]) -> None:
    """Markdown, its columns aligned."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    lines.insert(1, ["-" * width for width in widths])
    for line in lines:
        print("| " + " | ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)) + " |")
    print()


if __name__ == "__main__":
    main()
