"""A Debian in a folder, and a machine that boots from it: systemd is its process 1, and its network is its own.

Nothing of it is this machine's: its ports 80 and 443 are not, nor are its services, its users and its files.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from testing.program import wait_until
from testing.project import ROOT

RELEASE = "trixie"
SERVICES = "systemd-sysv dbus nginx redis-server postgresql curl python3-venv"
DOCKER = "docker.io docker-cli docker-compose docker-buildx iptables"
TRUSTED = Path("etc/ssl/certs/ca-certificates.crt")
"""Whom this machine trusts, that machine does: between this one and the package index there may be a proxy."""

NEEDED = {"debootstrap": "debootstrap", "systemd-nspawn": "systemd-container", "slirp4netns": "slirp4netns"}
"""Programs, and Debian's packages that have them."""

SECONDS = 900.0
"""How long anything there may take: an image is built of packages that are fetched."""


def missing() -> list[str]:
    """The packages without which there is no machine."""
    return [package for program, package in NEEDED.items() if shutil.which(program) is None]


class Debian:
    """A folder to boot from, with the project where a reader is told to put it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "root"
        self.bare = folder / "bare.tar"
        """What Debian's smallest image holds, to make others from."""

    def make(self) -> None:
        """Install it, with the services that the project stands beside, and Docker."""
        subprocess.run(
            ["debootstrap", "--variant=minbase", "--include=ca-certificates", RELEASE, self.root],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        shutil.copy(Path("/") / TRUSTED, self.root / TRUSTED)
        subprocess.run(["tar", "-C", self.root, "-cf", self.bare, "."], check=True)
        no_start = self.root / "usr/sbin/policy-rc.d"
        no_start.write_text("#!/bin/sh\nexit 101\n")  # what is installed is started once the machine boots
        no_start.chmod(0o755)
        self.run("apt-get", "-qq", "update")
        self.run("apt-get", "-qq", "install", "-y", "--no-install-recommends", *SERVICES.split(), *DOCKER.split())
        no_start.unlink()

    def run(self, *command: str) -> None:
        """In the folder, before it is booted, with this machine's network."""
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "PIP_CERT": f"/{TRUSTED}"}
        with Path(self.root.parent, "installing.txt").open("ab") as log:
            subprocess.run(["chroot", self.root, *command], check=True, env=environment, stdout=log, stderr=log)

    def put_project(self, place: str, site: Path) -> Path:
        """The project's files as git knows them and as they are now, and a built site."""
        there = self.root / place
        there.mkdir(parents=True)
        files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
        for name in filter(None, files.split("\0")):
            (there / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, there / name)
        shutil.copytree(site, there / "site")
        return there


class Shell:
    """A way into a machine, by the number that its process 1 has on this one."""

    def __init__(self, first: int) -> None:
        self.first = first

    def run(self, command: str, *, check: bool = True) -> str:
        """What a shell there prints. Raises with it where its status is not 0."""
        inside = ["nsenter", f"--target={self.first}", "--all", "--root", "--wd", "env", "-i", "HOME=/root"]
        inside += ["PATH=/usr/local/bin:/usr/bin:/usr/sbin", "LANG=C.UTF-8", "sh", "-c", command]
        done = subprocess.run(inside, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=SECONDS)
        if check and done.returncode:
            raise RuntimeError(f"{command!r} ended with status {done.returncode}:\n{done.stdout}")
        return done.stdout


class Machine(Shell):
    """One that has been booted from such a folder."""

    def __init__(self, debian: Debian) -> None:
        """Returns once systemd has started what is enabled. It reaches the package index, and not this machine."""
        command = ["systemd-nspawn", "--boot", "--private-network", "--capability=all", "--register=no", "--keep-unit"]
        command += ["--system-call-filter=add_key keyctl bpf"]  # for Docker
        command += ["--console=pipe", "--resolv-conf=copy-host", "--machine=sandbox", f"--directory={debian.root}"]
        log = (debian.root.parent / "boot.txt").open("wb")
        environment = {**os.environ, "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"}
        self.host = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        children = Path(f"/proc/{self.host.pid}/task/{self.host.pid}/children")
        wait_until(lambda: self.host.poll() is not None or bool(children.read_text()), "process 1 of the machine")
        super().__init__(int(children.read_text()))
        wait_until(self.is_running, "the machine's services", lambda: self.run("systemctl list-units --failed"))
        way_out = ["slirp4netns", "--configure", "--mtu=65520", "--disable-host-loopback", str(self.first), "tap0"]
        self.way_out = subprocess.Popen(way_out, stdout=log, stderr=log)

    def is_running(self) -> bool:
        return self.run("systemctl is-system-running", check=False).strip() in ("running", "degraded")

    def end(self) -> None:
        """SIGTERM has it shut down."""
        for program in (self.way_out, self.host):
            program.terminate()
            program.wait(SECONDS)
