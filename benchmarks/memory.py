"""`python -m benchmarks.memory`: what one hostile client costs in memory, plain Daphne against ours. Linux only."""

from __future__ import annotations

import platform
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.servers import ROOT, START_SECONDS, free_port, wait_until_it_listens

MIB = 1024 * 1024
REFUSED_SECONDS = 7.0
"""How long the server takes nothing before the client gives up; longer than ours lets a connection stall."""
SETTLED_SECONDS = 1.0
LONGEST_SECONDS = 120.0

TEXT, PING = 0x81, 0x89
MASK = bytes(4)  # which leaves the payload as it is


@dataclass(frozen=True)
class Attack:
    """So many copies of one frame, to one path; nothing is ever read."""

    name: str
    path: str
    opcode: int
    length: int
    times: int

    def frame(self) -> bytes:
        head = bytes([self.opcode, 0x80 | self.length]) if self.length < 126 else self.long_head()
        return head + MASK + b"x" * self.length

    def long_head(self) -> bytes:
        return bytes([self.opcode, 0x80 | 126]) + self.length.to_bytes(2, "big")


KIB_16 = 16 * 1024
ATTACKS = [
    Attack("300 MiB to an echo, nothing read", "/echo", TEXT, KIB_16, 300 * MIB // KIB_16),
    Attack("150 MiB to a stuck consumer", "/stuck", TEXT, KIB_16, 150 * MIB // KIB_16),
    Attack("750,000 pings, no pong read", "/echo", PING, 125, 750_000),
]


def main() -> None:
    print(
        f"Python {platform.python_version()}, daphne {version('daphne')}, autobahn {version('autobahn')}; MiB resident"
    )
    print(f"\n{'':34}{'server':8}{'before':>8}{'after':>8}{'peak':>8}   what the client saw")
    for attack in ATTACKS:
        for name in ["plain", "house"]:
            with TemporaryDirectory() as folder, serving(name, Path(folder)) as (process, port):
                before = resident(process, "VmRSS")
                with connected(attack.path, port) as client:
                    saw = carry_out(attack, client)
                    settle(process)
                    figures = [before, resident(process, "VmRSS"), resident(process, "VmHWM")]
            print(f"{attack.name:34}{name:8}{''.join(f'{figure:8.0f}' for figure in figures)}   {saw}", flush=True)


@contextmanager
def serving(name: str, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A fresh server process."""
    port = free_port()
    with (folder / "log").open("w") as log:
        command = [sys.executable, "-m", "benchmarks.memory_server", name, str(port)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        try:
            wait_until_it_listens(process, port, Path(log.name))
            yield process, port
        finally:
            process.kill()
            process.wait(START_SECONDS)


def carry_out(attack: Attack, client: socket.socket) -> str:
    """Send it all, or as much as the server takes; how it ended, in words."""
    frame = attack.frame()
    batch = memoryview(frame * (MIB // len(frame)))
    total, sent, began = len(frame) * attack.times, 0, time.monotonic()
    client.settimeout(REFUSED_SECONDS)
    try:
        while sent < total and time.monotonic() - began < LONGEST_SECONDS:
            sent += client.send(batch[sent % len(frame) :][: total - sent])
        outcome = "all was taken"
    except TimeoutError:
        outcome = "then nothing more was taken"
    except ConnectionError:
        outcome = "then it was cut"
    return f"{sent / MIB:.1f} of {total / MIB:.0f} MiB in {time.monotonic() - began:.1f} s, {outcome}"


def connected(path: str, port: int) -> socket.socket:
    """A WebSocket of which only the answer to the handshake is ever read."""
    client = socket.create_connection(("127.0.0.1", port))
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]
    client.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
    answer = client.recv(4096)
    assert answer.startswith(b"HTTP/1.1 101 "), answer
    return client


def settle(process: subprocess.Popen[bytes]) -> None:
    """Wait until the server has done what it has been sent: its memory has stopped growing."""
    seen, since, began = 0.0, time.monotonic(), time.monotonic()
    while time.monotonic() - since < SETTLED_SECONDS and time.monotonic() - began < LONGEST_SECONDS:
        now = resident(process, "VmRSS")
        if now > seen:
            seen, since = now, time.monotonic()
        time.sleep(0.1)


def resident(process: subprocess.Popen[bytes], field: str) -> float:
    """MiB of the process that are in memory: now (VmRSS), or at most (VmHWM)."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith(field))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
