"""A PostgreSQL of a test's own: a folder of its own, a port of its own, and no service of the machine."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from testing.machine import find
from testing.ports import reserved_port
from testing.program import Program

PASSWORD = "of these tests"
LOOSE = ("fsync=off", "unix_socket_directories=", "listen_addresses=127.0.0.1")
"""The machine is not going to lose its power while a test runs."""


class Postgres:
    """One with a database and an administrator of the name `sandbox`, whom others may be besides, of whom it asks no
    password if it trusts them. `settings` are lines of postgresql.conf.
    """

    def __init__(self, *settings: str, trusts: bool = False) -> None:
        program = find("postgres")
        assert program is not None, "postgres is not on this machine: run `python -m testing.machine`"
        self.program = Path(program).resolve()
        self.port = reserved_port()
        self.folder = Path(mkdtemp(prefix="postgres-"))  # pytest's own are closed to other users
        self.user = not_root()
        password = self.folder / "password"
        password.write_text(PASSWORD)
        for path in (self.folder, password):
            os.chown(path, self.user.get("user", -1), self.user.get("group", -1))
        self.settings = (*LOOSE, *settings)
        auth = "trust" if trusts else "scram-sha-256"
        ways = ("--username=sandbox", f"--auth={auth}", "--locale=C", "--encoding=UTF8")
        self.run("initdb", *ways, f"--pwfile={password}")
        self.begin()

    @property
    def url(self) -> str:
        return f"postgres://sandbox:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{self.port}/postgres"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def run(self, name: str, *arguments: str) -> None:
        """A program that comes with it."""
        command = [str(self.program.with_name(name)), f"--pgdata={self.data}", *arguments]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL, **self.user)

    def begin(self) -> None:
        settings = [word for setting in self.settings for word in ("-c", setting)]
        command = [str(self.program), "-D", str(self.data), "-p", str(self.port), *settings]
        log = self.folder / "log.txt"
        with log.open("wb") as out:
            process: subprocess.Popen[bytes] = subprocess.Popen(
                command, cwd=self.folder, stdout=out, stderr=subprocess.STDOUT, **self.user
            )
        self.server = Program(process, log)
        self.server.wait_until_it_says("ready to accept connections")

    def end(self) -> None:
        """At once: whoever is connected is cut."""
        self.server.process.send_signal(signal.SIGINT)
        self.server.process.wait()

    def remove(self) -> None:
        self.end()
        shutil.rmtree(self.folder)


def not_root() -> dict[str, Any]:
    """It refuses to be run by root, and is then run by who owns nothing."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
