"""`make yours`: plays every page on the servers that readers run, unmodified: plain Daphne and uvicorn, with plain
Channels (plain_server.py). And on this site's server with Channels' own dispatch, where no line may go differently.

Exit status 1 if a line goes differently there and does not say so, or says so and does not. It takes a minute:
where plain Daphne does not know what to answer, it says nothing for five seconds.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from testing.ports import reserved_port
from testing.program import Program, start, start_sandbox_server
from testing.project import ORIGIN, ROOT

SERVERS = ("daphne", "uvicorn")

APPLICATION = "testing.plain_server:application"


def start_plain(server: str, folder: Path) -> Program:
    """Start `daphne` or `uvicorn` as its documentation says, with a database of its own."""
    port = reserved_port()
    environment = {
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "sandbox_server.settings",
        "SANDBOX_ORIGINS": ORIGIN,
    }
    migrate = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
    subprocess.run(migrate, cwd=ROOT, env={**os.environ, **environment}, check=True)
    return start(
        [server, "--port", str(port), APPLICATION], folder / "log.txt", f"http://127.0.0.1:{port}", **environment
    )


def main() -> int:
    """Play the pages on one after the other, and print what is said of each."""
    with TemporaryDirectory() as folder:
        programs: dict[str, Program] = {}
        try:
            for server in SERVERS:
                (own := Path(folder, server)).mkdir()
                programs[server] = start_plain(server, own)
            (own := Path(folder, "house")).mkdir()
            programs["this site's server, LEAN_DISPATCH=off"] = start_without_lean_dispatch(own)
            wrong = 0
            for server, program in programs.items():
                print(f"On {server} {version(server) if server in SERVERS else ''}:", flush=True)
                wrong |= check(program.url, ["--on", server] if server in SERVERS else [])
            return wrong
        finally:
            for program in programs.values():
                program.put_away()


def start_without_lean_dispatch(folder: Path) -> Program:
    """Start this site's own server with Channels' own dispatch."""
    return start_sandbox_server(folder, LEAN_DISPATCH="off")


def check(url: str, on: list[str]) -> int:
    """Play all pages on a server; 1 if anything is wrong."""
    command = [sys.executable, "-m", "live_docs", "check", "docs", "--server", url, "--origin", ORIGIN, *on]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
