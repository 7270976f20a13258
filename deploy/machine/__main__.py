"""`make installed`: the tests of what `deploy/` promises, and all pages, where systemd or Docker Compose runs it all.

It takes some minutes and 4 GB for as long, and needs root, Debian and its package index.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from deploy.machine import by_compose, by_systemd
from deploy.machine.debian import Debian, Machine, missing
from deploy.machine.running import RUNNING
from deploy.tests.files import DEPLOY
from sandbox_server.tests.small_site import write_site
from testing.project import ROOT

WAYS = {"systemd": by_systemd, "compose": by_compose}


def main() -> int:
    """Make a machine, boot it, and have each way tested there. 2 if there can be no machine."""
    if os.geteuid() != 0 or (packages := missing()):
        print("A machine of its own needs root" if os.geteuid() else f"It needs {' '.join(packages)}: apt-get install")
        return 2
    with TemporaryDirectory() as folder:
        print("Debian, and the project on it ...", flush=True)
        debian = Debian(Path(folder))
        debian.make()
        site = write_site(Path(folder, "site"))
        trusted = {name: way.install(debian, site) for name, way in WAYS.items()}
        machine = Machine(debian)
        try:
            by_systemd.start(machine)
            failed = test("systemd", machine, trusted["systemd"])
            by_systemd.stop(machine)
            print("Images, and Docker Compose ...", flush=True)
            by_compose.start(machine)
            return test("compose", machine, trusted["compose"]) or failed
        finally:
            machine.end()


def test(way: str, machine: Machine, trusted: Path) -> int:
    """The tests of deploy/tests/ that look at a deployment, in that machine's network."""
    print(f"By {way}:", flush=True)
    tests = [str(DEPLOY / "tests" / name) for name in ("test_deployment.py", "test_pages.py")]
    command = ["nsenter", f"--net=/proc/{machine.first}/ns/net", sys.executable, "-m", "pytest", "-q", *tests]
    environment = {"DEPLOYED_BY": way, "DEPLOYED_ON": str(machine.first), "DEPLOYED_NAME": RUNNING[way].name}
    environment["SSL_CERT_FILE"] = str(trusted)
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
