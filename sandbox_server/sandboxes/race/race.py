"""One race: a server and its load, in a thread of its own, and what it tells while it runs."""

import asyncio
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sandbox_server.sandboxes.race import asgi, wsgi

logger = logging.getLogger(__name__)


class Stopped(Exception):
    """The race was stopped before this call began."""


class Race:
    """One race, in a thread of its own. Its messages can be awaited; the last one is about no call."""

    def __init__(self, load: dict[str, Any]) -> None:
        self.load = load
        self.stopped = threading.Event()
        self.messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.loop = asyncio.get_running_loop()

    def start(self) -> None:
        self.began = time.perf_counter()
        threading.Thread(target=self.run, name="race").start()

    def run(self) -> None:
        load = self.load
        try:
            if load["server"] == "wsgi":
                wsgi.serve(load["requests"], load["wait_ms"], load["workers"], self.watch)
            else:
                asgi.serve(load["requests"], load["wait_ms"], load["how"], self.watch)
            self.tell({"done": load["requests"], "took_ms": self.ms()})
        except Exception as error:
            logger.exception("A race broke off")
            self.tell({"error": f"the race broke off: {error}"})

    @contextmanager
    def watch(self, call: int, worker: str) -> Iterator[None]:
        """Tell when a call starts and when it ends, from whatever thread it runs in."""
        if self.stopped.is_set():
            raise Stopped
        started = {"call": call, "worker": worker, "started_ms": self.ms()}
        self.tell(started)
        yield
        self.tell({**started, "ended_ms": self.ms()})

    def tell(self, message: dict[str, Any]) -> None:
        self.loop.call_soon_threadsafe(self.messages.put_nowait, message)

    def ms(self) -> float:
        return round((time.perf_counter() - self.began) * 1000, 1)
