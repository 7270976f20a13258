"""What runs: nginx in front of three processes, with one Redis and one PostgreSQL, from the files of `deploy/`."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from deploy.tests import files
from testing.machine import find
from testing.own_postgres import Postgres
from testing.own_redis import Redis
from testing.ports import reserved_port
from testing.program import START_SECONDS, Program, Server, launch, wait_until
from testing.project import ROOT

KEY = "of these tests, and of nothing else: 0123456789"
PRINTED_PORTS = (8001, 8002, 8003)
PATIENT = {"_timeout 10s;": "_timeout 120s;", "_timeout 4s;": "_timeout 120s;"}
"""On a busy machine the clients of a test are slow, and nothing is to be concluded from it."""


def launch_nginx(folder: Path, url: str) -> Program:
    """With the nginx.conf of a folder, whose files only this user may read."""
    program = find("nginx")
    assert program is not None, "nginx is not on this machine: run `python -m testing.machine`"
    directives = ["daemon off", f"pid {folder / 'nginx.pid'}", *(["user root"] if os.geteuid() == 0 else [])]
    command = [program, "-p", str(folder), "-e", "stderr", "-c", "nginx.conf", "-g", "; ".join(directives) + ";"]
    log = folder / "nginx.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT)
    return Program(process, log, url)


class Running(Protocol):
    """All of it, wherever it runs: nginx, three processes, Redis and PostgreSQL."""

    url: str
    plain_url: str
    redis_url: str
    metrics_urls: list[str]
    addresses: str
    """Of visitors: all but the last digit."""

    @property
    def nginx(self) -> Server: ...

    @property
    def processes(self) -> Sequence[Server]: ...

    def wait_until_ready(self, number: int) -> None: ...

    def said(self) -> str:
        """What all processes have said since the beginning."""

    def kill(self, number: int) -> None:
        """SIGKILL to one, by its number."""

    def start(self, number: int) -> None:
        """One that was killed, again, and until it is ready."""

    def roll(self) -> None:
        """All anew, one after the other."""

    def end_postgres(self) -> None: ...

    def begin_postgres(self) -> None: ...


class Deployment:
    """All of it, started here. `processes` are in the order of their ports."""

    addresses = "127.0.0."

    def __init__(self, folder: Path, site: Path, redis: Redis, postgres: Postgres) -> None:
        self.folder, self.redis, self.postgres = folder, redis, postgres
        self.ports = [reserved_port() for _ in PRINTED_PORTS]
        self.metrics_ports = [reserved_port() for _ in PRINTED_PORTS]
        self.metrics_urls = [f"http://127.0.0.1:{port}" for port in self.metrics_ports]
        self.redis_url = redis.url
        printed = files.settings_of("sandbox.env.example")
        self.settings = printed | {
            "SECRET_KEY": KEY,
            "SANDBOX_HOSTS": printed["SANDBOX_HOSTS"].replace("example.org", files.NAME),
            "SANDBOX_ORIGINS": printed["SANDBOX_ORIGINS"].replace("example.org", files.NAME),
            "SANDBOX_SITE": str(site),
            "DATABASE_URL": f"{postgres.url}?{printed['DATABASE_URL'].partition('?')[2]}",
            "REDIS_URL": redis.url,
        }
        self.processes: list[Program] = []
        self.proxies: list[Program] = []

    def begin(self) -> None:
        """The processes at the same time, as systemd starts them, with a database in which there is nothing yet."""
        for number in range(len(self.ports)):
            self.processes.append(self.launch(number))
        for number in range(len(self.ports)):
            self.wait_until_ready(number)
        self.start_nginx()

    def start_nginx(self) -> None:
        tls, plain, *others = [reserved_port() for _ in range(4)]
        self.url, self.plain_url = f"https://{files.NAME}:{tls}", f"http://{files.NAME}:{plain}"
        text = files.nginx("nginx/nginx.conf", self.folder, [plain, others[0], tls, others[1]], PATIENT)
        (self.folder / "nginx.conf").write_text(text)
        ports = {f":{old} ": f":{new} " for old, new in zip(PRINTED_PORTS, self.ports, strict=True)}
        (self.folder / "processes.conf").write_text(files.put_in(files.read("nginx/processes.conf"), ports))
        self.nginx = launch_nginx(self.folder, self.url)
        self.proxies.append(self.nginx)
        self.nginx.wait_until_it_answers()

    def launch(self, number: int) -> Program:
        """As its unit does."""
        port = self.ports[number]
        program, module, *arguments = files.command("ExecStart", port)
        assert (program, module) == (files.PROGRAM, "-m")
        log = self.folder / f"process-{number}-{len(list(self.folder.glob('process-*')))}.txt"
        metrics = {"SANDBOX_METRICS_PORT": str(self.metrics_ports[number])}
        return launch(arguments, log, f"http://127.0.0.1:{port}", ROOT, **self.settings, **metrics)

    def wait_until_ready(self, number: int) -> None:
        """As its unit does, which then counts as started."""
        subprocess.run(files.command("ExecStartPost", self.ports[number]), check=True, timeout=START_SECONDS)

    def start(self, number: int) -> None:
        """Again, once it has ended."""
        self.processes[number] = self.launch(number)
        self.wait_until_ready(number)

    def kill(self, number: int) -> None:
        self.processes[number].process.kill()
        self.processes[number].process.wait()

    def roll(self) -> None:
        """What systemd/roll.sh has systemd do."""
        for number, program in enumerate(self.processes):
            program.process.send_signal(signal.SIGTERM)
            wait_until(lambda process=program.process: process.poll() is not None, "its end", program.said)  # type: ignore[misc]
            assert program.process.returncode == 0
            self.start(number)

    def end_postgres(self) -> None:
        self.postgres.end()

    def begin_postgres(self) -> None:
        self.postgres.begin()

    def said(self) -> str:
        """What all processes have said since the beginning."""
        return "".join(log.read_text() for log in sorted(self.folder.glob("process-*")))

    def end(self) -> None:
        for program in (*self.proxies, *self.processes):
            program.process.terminate()
        for program in (*self.proxies, *self.processes):
            program.end()
