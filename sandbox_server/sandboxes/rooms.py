"""Rooms: whoever has the link is in, and what one member says, all of them hear.

The id of a room is signed, so any process knows one that was made here, and nothing is kept of a room that nobody
entered. Who is in a room is kept in the memory of one process. Where several serve the site, the layer carries
messages between them, but each numbers and counts its own members: let the proxy choose the process by the room's
path, or keep the members in Redis.
"""

import time
from collections import deque
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from sandbox_server.limits import ROOM_CHARACTERS, ROOM_MEMBERS, ROOM_SECONDS, ROOM_TEXTS_PER_SECOND, ROOMS, ROOMS_GONE

FULL, GONE = 4003, 4504  # 4000 to 4499: a client may try again; from 4500 on it is in vain

signer = TimestampSigner(salt="rooms", sep=".")


@dataclass
class Room:
    members: set[str] = field(default_factory=set)
    have_come: int = 0


rooms: dict[str, Room] = {}
gone: deque[str] = deque(maxlen=ROOMS_GONE)


@require_POST
def make_room(request: HttpRequest) -> JsonResponse:
    """An id that nobody can guess: 16 random bytes, the time, and a signature."""
    return JsonResponse({"room": signer.sign(token_urlsafe(16))})


def why_not(room: str) -> tuple[int, str] | None:
    """What keeps a newcomer out, if anything: a close code and words."""
    if room in rooms:
        full = len(rooms[room].members) >= ROOM_MEMBERS
        return (FULL, f"the room is full: {ROOM_MEMBERS} are in it") if full else None
    try:
        signer.unsign(room, max_age=ROOM_SECONDS)
    except BadSignature:
        return GONE, "there is no such room, or no longer"
    if room in gone:
        return GONE, "this room is gone: its last member has left"
    return (FULL, f"all {ROOMS} rooms are taken: try again later") if len(rooms) >= ROOMS else None


# --8<-- [start:consumer]
class RoomConsumer(AsyncJsonWebsocketConsumer):
    channel_layer_alias = "rooms"
    name = ""  # of a member; nobody else has one

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """As always; and whatever ends it, an exception too, after which disconnect() is not called, it leaves."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.leave()

    async def connect(self) -> None:
        self.room = self.scope["url_route"]["kwargs"]["room"]
        self.group = f"room.{self.room}"
        self.spoke: deque[float] = deque(maxlen=ROOM_TEXTS_PER_SECOND)
        await self.accept()
        if refusal := why_not(self.room):
            code, error = refusal
            await self.send_json({"error": error})
            await self.close(code=code)
            return
        room = rooms.setdefault(self.room, Room())
        room.have_come += 1
        self.name = f"guest {room.have_come}"
        room.members.add(self.name)
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.send_json({"you": self.name})
        await self.tell_all({"joined": self.name, "members": len(room.members)})

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
            members = self.leave()
            await self.channel_layer.group_discard(self.group, self.channel_name)
            await self.tell_all({"left": self.name, "members": members})

    async def tell_all(self, news: dict[str, Any]) -> None:
        """To every member of the group, and that includes this one."""
        await self.channel_layer.group_send(self.group, {"type": "room.news", "news": news})

    async def room_news(self, event: dict[str, Any]) -> None:
        """Channels calls this for `"type": "room.news"`."""
        await self.send_json(event["news"])

    # --8<-- [end:consumer]

    def leave(self) -> int:
        """Make room for another. Returns how many are left; the last one to leave takes the room along."""
        if not self.name or (room := rooms.get(self.room)) is None:
            return 0
        room.members.discard(self.name)
        if not room.members:
            del rooms[self.room]
            gone.append(self.room)
        return len(room.members)


urlpatterns = [path("rooms/", make_room)]
websocket_urlpatterns = [path("ws/rooms/<str:room>/", RoomConsumer.as_asgi())]
