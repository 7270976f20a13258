"""The race: a number of requests at once, answered by a WSGI or by an ASGI server, reported as they are answered.

Send `{"server": "wsgi", "requests": 8, "wait_ms": 200, "workers": 1}`, or
`{"server": "asgi", "requests": 8, "wait_ms": 200, "how": "await"}`; what comes is when each call started, when it
ended, and which worker it occupied. A race has threads of its own: nobody waits for somebody else's.
"""

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.urls import path

from sandbox_server.limits import RACE_LOAD, RACE_MILLISECONDS, RACES
from sandbox_server.sandboxes.race import asgi, wsgi


def read_load(text: str | None) -> dict[str, Any]:
    """The load that somebody asks for, or a ValueError that says what is wrong with it."""
    try:
        asked = json.loads(text or "")
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict):
        raise ValueError("send a JSON object")
    load = {"server": "wsgi", "workers": 1, "how": "await", **asked}
    for name, (least, most) in RACE_LOAD.items():
        if type(load.get(name)) is not int or not least <= load[name] <= most:
            raise ValueError(f"{name} must be a whole number from {least} to {most}")
    for name, choices in {"server": ("wsgi", "asgi"), "how": asgi.HOW}.items():
        if load[name] not in choices:
            raise ValueError(f"{name} must be one of {', '.join(choices)}")
    at_once = load["workers"] if load["server"] == "wsgi" else load["requests"] if load["how"] == "await" else 1
    takes = ceil(load["requests"] / at_once) * load["wait_ms"]
    if takes > RACE_MILLISECONDS:
        what = f"{load['requests']} requests of {load['wait_ms']} ms, {at_once} at a time"
        raise ValueError(f"{what}, would take {takes} ms; the most is {RACE_MILLISECONDS} ms")
    return load


class Stopped(Exception):
    """The race was stopped before this call began."""


class Race:
    """One race, in a thread of its own. Its messages can be awaited one by one, and None after the last."""

    def __init__(self, load: dict[str, Any]) -> None:
        self.load = load
        self.stopped = threading.Event()
        self.messages: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self.loop = asyncio.get_running_loop()
        self.began = time.perf_counter()
        threading.Thread(target=self.run, name="race").start()

    def run(self) -> None:
        load = self.load
        if load["server"] == "wsgi":
            wsgi.serve(load["requests"], load["wait_ms"], load["workers"], self.watch)
        else:
            asgi.serve(load["requests"], load["wait_ms"], load["how"], self.watch)
        self.tell({"done": load["requests"], "took_ms": self.ms()})
        self.tell(None)

    @contextmanager
    def watch(self, call: int, worker: str) -> Iterator[None]:
        """Tell when a call starts and when it ends, from whatever thread it runs in."""
        if self.stopped.is_set():
            raise Stopped
        started = {"call": call, "worker": worker, "started_ms": self.ms()}
        self.tell(started)
        yield
        self.tell({**started, "ended_ms": self.ms()})

    def tell(self, message: dict[str, Any] | None) -> None:
        self.loop.call_soon_threadsafe(self.messages.put_nowait, message)

    def ms(self) -> float:
        return round((time.perf_counter() - self.began) * 1000, 1)


class RaceConsumer(AsyncWebsocketConsumer):
    running: set[asyncio.Task[None]] = set()  # one for all connections: it belongs to the class
    race: Race | None = None

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        try:
            if self.race:
                raise ValueError("your race is still running")
            if len(self.running) >= RACES:
                raise ValueError(f"{RACES} races are running just now, try again in a moment")
            self.race = Race(read_load(text_data))
        except ValueError as error:
            await self.send(json.dumps({"error": str(error)}))
            return
        task = asyncio.create_task(self.show(self.race))
        self.running.add(task)
        task.add_done_callback(self.running.discard)

    async def show(self, race: Race) -> None:
        while (message := await race.messages.get()) is not None:
            if "done" in message:
                self.race = None
            if not race.stopped.is_set():
                await self.send(json.dumps(message))

    async def disconnect(self, code: int) -> None:
        if self.race:
            self.race.stopped.set()


websocket_urlpatterns = [path("ws/race/", RaceConsumer.as_asgi())]
