"""A room: whoever has the link is in, and what one member says, all of them hear."""

import time
from collections import deque
from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from sandbox_server.guards.admission import visitor_of
from sandbox_server.limits import ROOM_CHARACTERS, ROOM_TEXTS_PER_SECOND
from sandbox_server.sandboxes.rooms.register import Refused, enter, leave, new_room, rooms


@require_POST
def make_room(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"room": new_room()})


STATE = "layer.state"  # the group of those whom this site's layer tells whether it reaches other processes
ALONE = "the servers have lost each other: only members on yours hear you, and you them"
WHOLE = "the servers have found each other: all members hear you again"


class RoomConsumer(AsyncJsonWebsocketConsumer):
    channel_layer_alias = "rooms"
    name = ""  # of a member; nobody else has one

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """As always; and whatever ends it, an exception too, after which disconnect() is not called, it leaves."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            if self.name:
                leave(self.room, self.name)
                await self.leave_groups()

    async def connect(self) -> None:
        self.room = self.scope["url_route"]["kwargs"]["room"]
        self.group = f"room.{self.room}"
        self.spoke: deque[float] = deque(maxlen=ROOM_TEXTS_PER_SECOND)
        await self.accept()
        try:
            self.name = enter(self.room, visitor_of(self.scope))
        except Refused as refused:
            error, code = refused.args
            await self.send_json({"error": error})
            await self.close(code=code)
            return
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.send_json({"you": self.name})
        await self.tell_all({"joined": self.name, "members": len(rooms[self.room].members)})
        await self.channel_layer.group_add(STATE, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        now = time.monotonic()
        if not self.name:
            return
        if not text_data or len(text_data) > ROOM_CHARACTERS:
            await self.send_json({"error": f"send a text of 1 to {ROOM_CHARACTERS} characters"})
        elif len(self.spoke) == ROOM_TEXTS_PER_SECOND and now - self.spoke[0] < 1:
            await self.send_json({"error": f"at most {ROOM_TEXTS_PER_SECOND} messages a second: this one was not sent"})
        else:
            self.spoke.append(now)
            await self.tell_all({"from": self.name, "text": text_data})

    async def disconnect(self, code: int) -> None:
        if self.name:
            members = leave(self.room, self.name)
            await self.leave_groups()
            await self.tell_all({"left": self.name, "members": members})

    async def leave_groups(self) -> None:
        for group in (self.group, STATE):
            await self.channel_layer.group_discard(group, self.channel_name)

    async def tell_all(self, news: dict[str, Any]) -> None:
        """To every member of the group, and that includes this one."""
        await self.channel_layer.group_send(self.group, {"type": "room.news", "news": news})

    async def room_news(self, event: dict[str, Any]) -> None:
        """Channels calls this for `"type": "room.news"`."""
        await self.send_json(event["news"])

    async def layer_state(self, event: dict[str, Any]) -> None:
        """From the layer itself: Redis has gone, or is back."""
        await self.send_json({"degraded": ALONE} if event["alone"] else {"whole": WHOLE})


urlpatterns = [path("rooms/", make_room)]
websocket_urlpatterns = [path("ws/rooms/<str:room>/", RoomConsumer.as_asgi())]
