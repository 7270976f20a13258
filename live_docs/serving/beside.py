"""`python -m live_docs serve MODULE -- COMMAND`: the sandbox server beside any generator's own server.

The generator is told the port by SANDBOX_PORT, which mkdocs.yml reads. It need not know that anybody runs beside it:
the code is looked at from here, and a reader's page finds the new server by itself.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from live_docs.serving.sandbox_server import SandboxServer

SERVED = "LIVE_DOCS_SERVED"
"""Set for the generator, so that a hook of ours in it does not start a second one."""

ENDS = (signal.SIGINT, signal.SIGTERM)
LOOK_SECONDS = 1
STOP_SECONDS = 10


def serve_beside(module: str, command: list[str], port: int, root: Path) -> int:
    """Run both until the generator's server ends or a signal ends this. Returns the generator's status."""
    told = ToldToEnd()
    server = SandboxServer(root, module, port)
    environment = {**os.environ, "SANDBOX_PORT": str(server.port), SERVED: "1"}
    generator = None
    try:
        server.start()
        with told.after_this():
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


class ToldToEnd:
    """SIGINT and SIGTERM end this as they end any program, but never between the start of a child and its being known
    here: it would be left behind. One more signal would only break the clean-up off, and is ignored.
    """

    def __init__(self) -> None:
        self.number = 0
        self.held_back = False
        for number in ENDS:
            signal.signal(number, self.told)

    def told(self, number: int, frame: FrameType | None) -> None:
        for other in ENDS:
            signal.signal(other, signal.SIG_IGN)
        self.number = number
        if not self.held_back:
            self.leave()

    def leave(self) -> None:
        raise SystemExit(128 + self.number)

    @contextmanager
    def after_this(self) -> Iterator[None]:
        """A signal that comes meanwhile takes effect at the end."""
        self.held_back = True
        yield
        self.held_back = False
        if self.number:
            self.leave()
