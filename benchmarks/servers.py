"""Starts the servers that are compared, all on the first core, and the client on the second."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from live_docs.player.visitor import Visitor
from testing.program import GENEROUS

ROOT = Path(__file__).resolve().parent.parent
ORIGIN = "http://127.0.0.1:8000"
START_SECONDS = 30
CAN_PIN = hasattr(os, "sched_setaffinity") and len(os.sched_getaffinity(0)) > 1

NOTHING: Mapping[str, str] = MappingProxyType({})


def pinned(core: int | None) -> Callable[[], None] | None:
    """What a child does before it begins: stay on one core, where that can be said."""
    if core is None or not CAN_PIN:
        return None
    cores = sorted(os.sched_getaffinity(0))
    return lambda: os.sched_setaffinity(0, {cores[core]})


@dataclass
class Server:
    """A running server, and what a handshake with it must say."""

    port: int
    headers: dict[str, str]
    process: subprocess.Popen[bytes]

    def measure(self, what: str, client: str = "benchmarks.client", **arguments: Any) -> Any:
        """Run a client once and read what it measured."""
        return run_client(client, what, {"port": self.port, "headers": self.headers, **arguments}, core=1)


def measure(what: str, client: str, servers: Sequence[Server], core: int | None = 1, **arguments: Any) -> Any:
    """Run a client once that shares its connections out among several servers of one kind, and read what it measured.
    Its core is the second one, unless it is told to run on any.
    """
    where = {"ports": [server.port for server in servers], "headers": servers[0].headers}
    return run_client(client, what, {**where, **arguments}, core)


def run_client(client: str, what: str, given: dict[str, Any], core: int | None) -> Any:
    """What a client measured, which prints it as JSON."""
    command = [sys.executable, "-m", client, what, json.dumps(given)]
    done = subprocess.run(command, cwd=ROOT, preexec_fn=pinned(core), stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


@contextmanager
def running(
    module: str,
    *arguments: str,
    folder: Path,
    settings: Mapping[str, str] = NOTHING,
    generous: bool = True,
    core: int | None = 0,
) -> Iterator[Server]:
    """A Python module as a server, until the block ends; `PORT` in its arguments is its port. Settings are its
    environment's. Unless it is generous, one visitor may do no more than in public.
    """
    port = free_port()
    command = [sys.executable, "-m", module, *(argument.replace("PORT", str(port)) for argument in arguments)]
    environment = {
        **os.environ,
        **(GENEROUS if generous else {}),
        "DATABASE_URL": f"sqlite:///{folder / 'house.sqlite3'}",
        "BENCHMARK_DATABASE": str(folder / "plain.sqlite3"),
        "SANDBOX_ORIGINS": ORIGIN,
        **settings,
    }
    with (folder / f"{port}.log").open("w+") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, preexec_fn=pinned(core))
        try:
            wait_until_it_listens(process, port, Path(log.name))
            yield Server(port, {"Origin": ORIGIN}, process)
        finally:
            process.terminate()
            process.wait(START_SECONDS)


@contextmanager
def house(module: str, folder: Path) -> Iterator[Server]:
    """The project's server, and a visitor who is logged in."""
    with running(module, "--port=PORT", folder=folder) as server:
        visitor = Visitor(f"http://127.0.0.1:{server.port}", ORIGIN)
        visitor.become("alice")
        server.headers |= visitor.cookie_header()
        yield server


@contextmanager
def daphne(module: str, folder: Path, settings: Mapping[str, str] = NOTHING, core: int | None = 0) -> Iterator[Server]:
    """Plain Daphne, from its command line."""
    arguments = ["-b", "127.0.0.1", "-p", "PORT", f"benchmarks.{module}:application"]
    with running("daphne", *arguments, folder=folder, settings=settings, core=core) as server:
        server.headers["Origin"] = f"http://127.0.0.1:{server.port}"
        yield server


def wait_until_it_listens(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"no server on port {port}:\n{log.read_text()}")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
