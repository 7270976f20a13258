"""The race: a number of requests at once, answered by a WSGI or by an ASGI server, reported as they are answered.

Send `{"server": "wsgi", "requests": 8, "wait_ms": 200, "workers": 1}`, or
`{"server": "asgi", "requests": 8, "wait_ms": 200, "how": "await"}`; what comes is when each call started, when it
ended, and which worker it occupied. A race has threads of its own: nobody waits for somebody else's.
"""

import asyncio
import json
from math import ceil
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.urls import path

from sandbox_server.guards.admission import Admission, Full, visitor_of
from sandbox_server.limits import RACE_LOAD, RACE_MILLISECONDS, RACES, RACES_PER_VISITOR
from sandbox_server.sandboxes.race.asgi import HOW
from sandbox_server.sandboxes.race.race import Race

races = Admission("races", total=RACES, per_visitor=RACES_PER_VISITOR)


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
    for name, choices in {"server": ("wsgi", "asgi"), "how": HOW}.items():
        if load[name] not in choices:
            raise ValueError(f"{name} must be one of {', '.join(choices)}")
    at_once = load["workers"] if load["server"] == "wsgi" else load["requests"] if load["how"] == "await" else 1
    takes = ceil(load["requests"] / at_once) * load["wait_ms"]
    if takes > RACE_MILLISECONDS:
        what = f"{load['requests']} requests of {load['wait_ms']} ms, {at_once} at a time"
        raise ValueError(f"{what}, would take {takes} ms; the most is {RACE_MILLISECONDS} ms")
    return load


class RaceConsumer(AsyncWebsocketConsumer):
    race: Race | None = None

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        try:
            if self.race:
                raise ValueError("your race is still running")
            self.race = Race(read_load(text_data))
        except ValueError as error:
            await self.send(json.dumps({"error": str(error)}))
        else:
            self.showing = asyncio.create_task(self.show(self.race))

    async def show(self, race: Race) -> None:
        """Tell what the race tells. Its place is taken until its last message, whoever is still there to see it."""
        try:
            with races.admit(visitor_of(self.scope)):
                race.start()
                while "call" in (message := await race.messages.get()):
                    await self.tell(race, message)
        except Full as full:
            message = {"error": f"{full} are running just now, try again in a moment"}
        except RuntimeError as error:  # no thread to be had
            message = {"error": f"the race could not start: {error}"}
        self.race = None
        await self.tell(race, message)

    async def tell(self, race: Race, message: dict[str, Any]) -> None:
        if not race.stopped.is_set():
            await self.send(json.dumps(message))

    async def disconnect(self, code: int) -> None:
        if self.race:
            self.race.stopped.set()


websocket_urlpatterns = [path("ws/race/", RaceConsumer.as_asgi())]
