"""As deploy/README.md says under *systemd*, each of its steps."""

from __future__ import annotations

from pathlib import Path

from deploy.machine.debian import Debian, Shell
from deploy.machine.installed import Installed, Process
from deploy.machine.yours import PASSWORD, copy, write_environment
from deploy.tests.deployment import PRINTED_PORTS
from testing.certificates import write_certificate


class BySystemd(Installed):
    name = "127.0.0.1"
    addresses = "127.0.0."

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        log = "journalctl --output=cat --unit=sandbox-server@{}"
        self.processes = [Process(shell, f"http://127.0.0.1:{port}", log.format(port)) for port in PRINTED_PORTS]
        self.metrics_urls = [f"http://127.0.0.1:1{port}" for port in PRINTED_PORTS]
        self.redis_url = "redis://127.0.0.1:6379"

    def kill(self, number: int) -> None:
        self.shell.run(f"systemctl kill --signal=KILL --kill-whom=main sandbox-server@{PRINTED_PORTS[number]}")

    def roll(self) -> None:
        self.shell.run("sh /srv/sandbox/deploy/systemd/roll.sh")

    def end_postgres(self) -> None:
        self.shell.run("systemctl stop 'postgresql@*'")

    def begin_postgres(self) -> None:
        self.shell.run("systemctl start postgresql@17-main")


def install(debian: Debian, site: Path) -> Path:
    """Before the machine is booted. Returns the file of the certificate that visitors trust."""
    project = debian.put_project("srv/sandbox", site)
    debian.run("python3", "-m", "venv", "/srv/sandbox/.venv")
    pip = ["/srv/sandbox/.venv/bin/pip", "install", "--quiet", "--require-hashes"]
    debian.run(*pip, "--requirement", "/srv/sandbox/requirements.txt")
    debian.run("useradd", "--system", "sandbox")
    etc = debian.root / "etc"
    for file in (project / "deploy/nginx").iterdir():
        copy(file, etc / "nginx" / file.name, BySystemd.name)
    for pattern in ("*.service", "*.target"):
        for file in (project / "deploy/systemd").glob(pattern):
            copy(file, etc / "systemd/system" / file.name, BySystemd.name)
    (etc / "nginx/tls").mkdir()
    trusted = write_certificate(etc / "nginx/tls", BySystemd.name, "fullchain.pem", "privkey.pem")
    (etc / "sandbox").mkdir()
    write_environment(project, etc / "sandbox/sandbox.env", BySystemd.name)
    return trusted


def start(shell: Shell) -> None:
    """On the machine: the database, and all units."""
    role = f"CREATE ROLE sandbox LOGIN PASSWORD '{PASSWORD}'"
    shell.run(f'runuser -u postgres -- psql --quiet --command "{role}"')
    shell.run("runuser -u postgres -- createdb --owner=sandbox sandbox")
    shell.run("systemctl enable --now sandbox-server.target && systemctl reload nginx")


def stop(shell: Shell) -> None:
    """So that something else may have its ports."""
    shell.run("systemctl disable --now sandbox-server.target && systemctl stop 'sandbox-server@*' nginx")
