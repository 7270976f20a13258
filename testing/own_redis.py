"""A Redis of a test's own, which it can end and begin again."""

from __future__ import annotations

import subprocess
from pathlib import Path

import redis

from testing.machine import find
from testing.ports import reserved_port


class Redis:
    """One that can be ended and begun again. Options are those of its command line, a configuration's path first."""

    def __init__(self, folder: Path, *options: str, port_option: str = "--port") -> None:
        self.port, self.folder = reserved_port(), folder
        self.options = [*options, port_option, str(self.port)]
        self.begin()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    def begin(self) -> None:
        program = find("redis-server")
        assert program is not None, "redis-server is not on this machine: run `python -m testing.machine`"
        command = [program, *self.options, "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()

    def answers(self) -> bool:
        with redis.Redis(port=self.port) as client:
            try:
                return bool(client.ping())
            except redis.ConnectionError:
                return False

    def flush(self) -> None:
        redis.Redis(port=self.port).flushall()
