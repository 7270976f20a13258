"""`make yours`: plays every page on plain Daphne and on uvicorn, unmodified, with plain Channels (plain_server.py).

Exit status 1 if a line goes differently there and does not say so, or says so and does not. It takes half a minute:
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
from testing.program import Program, start
from testing.project import ORIGIN, ROOT

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
    """Play the pages on both at the same time, and print what each of them says."""
    with TemporaryDirectory() as folder:
        programs: dict[str, Program] = {}
        try:
            for server in ("daphne", "uvicorn"):
                (own := Path(folder, server)).mkdir()
                programs[server] = start_plain(server, own)
            checks = {server: check(server, program.url) for server, program in programs.items()}
            for server, playing in checks.items():
                said, _ = playing.communicate()
                print(f"On {server} {version(server)}:\n{said}", flush=True)
            return max(playing.returncode for playing in checks.values())
        finally:
            for program in programs.values():
                program.end()


def check(server: str, url: str) -> subprocess.Popen[str]:
    """Begin to play all pages on a server."""
    command = [sys.executable, "-m", "live_docs", "check", "docs", "--server", url, "--origin", ORIGIN, "--on", server]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


if __name__ == "__main__":
    sys.exit(main())
