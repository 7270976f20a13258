"""What runs on such a machine, as the tests of deploy/tests/ ask for it: see deploy/tests/deployment.py."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from urllib.error import URLError
from urllib.request import urlopen

from deploy.machine.debian import Shell
from testing.program import ANSWER_SECONDS, wait_until


@dataclass(frozen=True)
class Process:
    """One of the server's, or nginx: where it answers, and the command that prints there what it has said."""

    shell: Shell
    url: str
    log: str = "true"

    def said(self) -> str:
        return self.shell.run(self.log)

    def is_ready(self) -> bool:
        try:
            urlopen(f"{self.url}/readyz", timeout=ANSWER_SECONDS).close()
        except (URLError, TimeoutError, ConnectionError):
            return False
        return True


class Installed(ABC):
    """nginx, three processes, Redis and PostgreSQL, each watched by whoever starts it again."""

    name: str
    """By which visitors call nginx: the address for which its certificate is."""
    addresses: str
    """Of those visitors: all but the last digit."""
    processes: list[Process]
    metrics_urls: list[str]
    redis_url: str

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.url, self.plain_url = f"https://{self.name}", f"http://{self.name}:80"
        self.nginx = Process(shell, self.url)

    def wait_until_ready(self, number: int) -> None:
        wait_until(self.processes[number].is_ready, f"process {number}", self.said)

    def said(self) -> str:
        """What all processes have said since the beginning."""
        return "".join(process.said() for process in self.processes)

    def start(self, number: int) -> None:
        """One that was killed: somebody does, and the tests wait for it."""
        self.wait_until_ready(number)

    @abstractmethod
    def kill(self, number: int) -> None: ...

    @abstractmethod
    def roll(self) -> None: ...

    @abstractmethod
    def end_postgres(self) -> None: ...

    @abstractmethod
    def begin_postgres(self) -> None: ...
