"""`python -m live_docs serve MODULE -- COMMAND`: the sandbox server beside any generator's own server.

The generator is told the port by SANDBOX_PORT, which mkdocs.yml reads. It need not know that anybody runs beside it:
the code is looked at from here, and a reader's page finds the new server by itself.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from types import FrameType

from live_docs.serving.sandbox_server import SandboxServer

SERVED = "LIVE_DOCS_SERVED"
"""Set for the generator, so that a hook of ours in it does not start a second one."""

LOOK_SECONDS = 1
STOP_SECONDS = 10


def serve_beside(module: str, command: list[str], port: int, root: Path) -> int:
    """Run both until the generator's server ends or a signal ends this. Returns the generator's status."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, leave)
    server = SandboxServer(root, module, port)
    environment = {**os.environ, "SANDBOX_PORT": str(server.port), SERVED: "1"}
    generator = None
    try:
        server.start()
        generator = subprocess.Popen(command, cwd=root, env=environment)
        while generator.poll() is None:
            time.sleep(LOOK_SECONDS)
            server.restart_if_changed()
        return generator.returncode
    finally:
        server.stop()
        if generator is not None and generator.poll() is None:
            generator.terminate()
            generator.wait(STOP_SECONDS)


def leave(number: int, frame: FrameType | None) -> None:
    """End as a program does that was told to; one more signal would only break the clean-up off."""
    for other in (signal.SIGINT, signal.SIGTERM):
        signal.signal(other, signal.SIG_IGN)
    raise SystemExit(128 + number)
