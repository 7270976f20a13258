"""`/ws/observe/ID/`: streams what happens on the connections that carry this id to the page that made it up."""

from __future__ import annotations

import asyncio
import json
from contextlib import ExitStack
from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.urls import re_path

from contract.events import Clock, Happened, Lost, Message, Ready
from contract.observation import OBSERVER_ID, OVER
from sandbox_server.guards.admission import Admission, Full, visitor_of
from sandbox_server.guards.messages import TOO_MANY
from sandbox_server.limits import (
    OBSERVATION_SECONDS,
    OBSERVATIONS,
    OBSERVATIONS_PER_VISITOR,
    OBSERVATIONS_RETRY_SECONDS,
    OBSERVERS,
)
from sandbox_server.observing.recording import LAYER, group_name, now, read_cookie

observations = Admission("observations", total=OBSERVATIONS, per_visitor=OBSERVATIONS_PER_VISITOR)
observers = Admission("observers", total=OBSERVATIONS, per_visitor=OBSERVERS)


class ObserveConsumer(AsyncJsonWebsocketConsumer):
    """One observation: joined to the group of its visitor's cookie and its id, and nobody else's."""

    channel_layer_alias = LAYER

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """As always; and whatever ends it, its places are free again, and nothing is passed on to nobody."""
        with ExitStack() as self.places:
            try:
                await super().__call__(scope, receive, send)
            finally:
                await self.leave()

    async def connect(self) -> None:
        cookie = read_cookie(self.scope["headers"])
        if not cookie:
            await self.close()
            return
        self.group = group_name(cookie, self.scope["url_route"]["kwargs"]["observer_id"])
        try:
            self.places.enter_context(observations.admit(visitor_of(self.scope)))
            self.places.enter_context(observers.admit(self.group))
        except Full as full:
            await self.accept()
            await self.close(TOO_MANY, f"only {full}: try again in {OBSERVATIONS_RETRY_SECONDS} s")
            return
        self.passed_on: dict[str, int] = {}
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        self.ending = asyncio.create_task(self.end_in_time())
        await self.tell(Ready(kind="ready"))

    async def end_in_time(self) -> None:
        """Kept on self: the event loop alone would not keep a task from being thrown away unfinished."""
        await asyncio.sleep(OBSERVATION_SECONDS)
        await self.close(OVER)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        """The page compares its clock with the server's; nothing else is asked here, and nonsense is passed over."""
        try:
            question = json.loads(text_data or "")
        except (ValueError, RecursionError):
            return
        if isinstance(question, dict) and question.get("kind") == "clock":
            await self.tell(Clock(kind="clock", page_time=question.get("page_time"), server_time=now()))

    async def observed_events(self, message: dict[str, Any]) -> None:
        """Pass events on; a gap in a connection's numbers is what was dropped on the way."""
        lost = 0
        for event in message["events"]:
            connection, number = event["connection"], event.pop("number")
            lost += number - self.passed_on.get(connection, 0) - 1
            self.passed_on[connection] = number
        if lost:
            await self.tell(Lost(kind="lost", count=lost))
        await self.tell(Happened(kind="observed", events=message["events"]))

    async def tell(self, message: Message) -> None:
        await self.send_json(message)

    async def leave(self) -> None:
        if hasattr(self, "ending"):
            self.ending.cancel()
            await self.channel_layer.group_discard(self.group, self.channel_name)


websocket_urlpatterns = [re_path(rf"^ws/observe/(?P<observer_id>{OBSERVER_ID})/$", ObserveConsumer.as_asgi())]
