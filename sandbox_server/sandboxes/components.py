"""The room that a component shows. Whoever connects is told what has been said so far, and then what is said next.

A room lives in this process's memory, as long as somebody is connected to it. In a project it is a table.
"""

import json
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.http import HttpRequest, JsonResponse
from django.urls import path

from sandbox_server.limits import COMPONENT_CHARACTERS, COMPONENT_MESSAGES, COMPONENT_SOCKETS
from sandbox_server.sandboxes import names  # noqa: F401  it registers <signed:…>

HELP = f"send say (id and text of 1 to {COMPONENT_CHARACTERS} characters), ping, or close"


class Room:
    def __init__(self) -> None:
        self.sockets = 0
        self.total = 0
        self.said: dict[str, dict[str, Any]] = {}  # by the ids that clients gave their messages

    def take(self, key: str, text: str) -> dict[str, Any] | None:
        """The message with its number; None if it comes for the second time, since its acknowledgement was lost."""
        if key in self.said:
            return None
        self.total += 1
        if len(self.said) == COMPONENT_MESSAGES:
            del self.said[next(iter(self.said))]  # the oldest
        self.said[key] = {"number": self.total, "text": text}
        return self.said[key]


rooms: dict[str, Room] = {}


class RoomConsumer(AsyncWebsocketConsumer):
    channel_layer_alias = "this_process"  # layers have names here; in your project, leave this line out
    room: Room | None = None

    async def connect(self) -> None:
        self.name = self.scope["url_route"]["kwargs"]["room"]
        room = rooms.setdefault(self.name, Room())
        if room.sockets >= COMPONENT_SOCKETS:
            await self.accept()
            await self.close(code=4003, reason="full: try again later")
            return
        self.room = room
        room.sockets += 1
        await self.channel_layer.group_add(f"components.{self.name}", self.channel_name)
        await self.accept()
        await self.answer({"kind": "room", "sockets": room.sockets, "said": list(room.said.values())})

    async def disconnect(self, code: int) -> None:
        if self.room is None:
            return
        self.room.sockets -= 1
        if not self.room.sockets:
            del rooms[self.name]
        await self.channel_layer.group_discard(f"components.{self.name}", self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        try:
            message = json.loads(text_data or "")
        except (ValueError, RecursionError):
            message = None
        match message:
            case {"kind": "say", "id": str(key), "text": str(text)} if all(
                0 < len(it) <= COMPONENT_CHARACTERS for it in (key, text)
            ):
                await self.say(key, text)
            case {"kind": "ping"}:
                await self.answer({"kind": "pong"})
            case {"kind": "close"}:
                await self.close(code=4000)
            case _:
                await self.answer({"kind": "error", "error": HELP})

    async def say(self, key: str, text: str) -> None:
        """Tell all sockets of the room, once. Acknowledge each time."""
        if self.room and (said := self.room.take(key, text)):
            event = {"type": "room.said", "text": json.dumps({"kind": "said", **said})}
            await self.channel_layer.group_send(f"components.{self.name}", event)
        await self.answer({"kind": "ack", "id": key})

    async def room_said(self, event: dict[str, str]) -> None:
        await self.send(event["text"])

    async def answer(self, message: dict[str, Any]) -> None:
        await self.send(json.dumps(message))


async def look(request: HttpRequest, room: str) -> JsonResponse:
    """How many sockets the room has, as the server counts them."""
    return JsonResponse({"sockets": rooms[room].sockets if room in rooms else 0})


websocket_urlpatterns = [path("ws/components/<signed:room>/", RoomConsumer.as_asgi())]
urlpatterns = [path("components/<signed:room>/", look)]
