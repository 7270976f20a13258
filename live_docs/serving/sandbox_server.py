"""The sandbox server as a child of whoever serves the pages: started, watched, restarted, and never left behind.

The parent owns the listening socket and hands it down, so that connections queue while the child is
replaced; the child holds the reading end of a pipe and leaves when the pipe closes, so that even a
parent that is killed leaves no orphan.
"""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path

log = logging.getLogger("mkdocs.live_docs")

PORT = 8001
"""Where nobody names one."""

START_SECONDS = 30
STOP_SECONDS = 10
ANSWER_SECONDS = 1
ASK_AGAIN_SECONDS = 0.05

DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""No proxy that the environment names: the child is on this machine."""


class SandboxServer:
    """`python -m MODULE`, run from a project's root beside its site."""

    def __init__(self, root: Path, module: str, wanted_port: int, host: str = "127.0.0.1") -> None:
        self.root = root
        self.module = module
        self.code = root / module
        self.listener = listen(host, wanted_port)
        self.port: int = self.listener.getsockname()[1]
        self.child: subprocess.Popen[bytes] | None = None
        self.lifeline = -1
        self.seen: dict[Path, int] = {}

    def start(self) -> None:
        """Start the child and wait until it answers; if it does not, say so and let the site go on."""
        self.seen = self.fingerprint()
        end, self.lifeline = os.pipe()
        command = [sys.executable, "-m", self.module, f"--fd={self.listener.fileno()}", f"--lifeline={end}"]
        self.child = subprocess.Popen(
            command, cwd=self.root, pass_fds=(self.listener.fileno(), end), start_new_session=True
        )
        os.close(end)
        if self.wait_for_answer(self.child):
            log.info("Sandbox server on http://127.0.0.1:%d (process %d)", self.port, self.child.pid)
            threading.Thread(target=self.report_early_end, args=(self.child,), daemon=True).start()
        else:
            log.error(
                "The sandbox server did not start: its message is above. "
                "Mend its code; it starts again when a file is saved."
            )

    def wait_for_answer(self, child: subprocess.Popen[bytes]) -> bool:
        """Wait until the child answers, with whatever status; False if it ends before, or takes too long."""
        deadline = time.monotonic() + START_SECONDS
        while child.poll() is None and time.monotonic() < deadline:
            try:
                DIRECTLY.open(f"http://127.0.0.1:{self.port}/", timeout=ANSWER_SECONDS).close()
            except urllib.error.HTTPError as answer:
                log.warning("The sandbox server runs, but it answers GET / with %d.", answer.code)
                answer.close()
            except (OSError, HTTPException):  # refused, reset, broken off or late: it may yet come
                time.sleep(ASK_AGAIN_SECONDS)
                continue
            return True
        return False

    def report_early_end(self, child: subprocess.Popen[bytes]) -> None:
        """Say it if the child ends and nobody here ended it."""
        status = child.wait()
        if child is self.child:
            log.error("The sandbox server ended with status %d; it starts again when a file is saved.", status)

    def restart_if_changed(self) -> bool:
        """Replace the child if its code changed since it was started, or if it is no longer running; whether it was."""
        ended = self.child is None or self.child.poll() is not None
        if not ended and self.fingerprint() == self.seen:
            return False
        self.stop_child()
        self.start()
        return True

    def fingerprint(self) -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in self.code.rglob("*.py")}

    def stop_child(self) -> None:
        child, self.child = self.child, None
        if child is None:
            return
        child.terminate()
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        os.close(self.lifeline)

    def stop(self) -> None:
        """End the child and give up its port."""
        self.stop_child()
        self.listener.close()


def listen(host: str, wanted_port: int) -> socket.socket:
    """A listening socket on the wanted port or, if that is taken, on a free one, which is said in one line."""
    try:
        return socket.create_server((host, wanted_port), backlog=128)
    except OSError as error:
        listener = socket.create_server((host, 0), backlog=128)
        port = listener.getsockname()[1]
        log.info(
            "Port %d: %s. The sandbox server uses port %d instead.", wanted_port, os.strerror(error.errno or 0), port
        )
        return listener
