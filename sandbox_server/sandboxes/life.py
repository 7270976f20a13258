"""The ways a connection can begin and end, and what belongs to one connection alone."""

from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer, AsyncWebsocketConsumer
from django.urls import path


# --8<-- [start:counter]
class CounterConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self) -> None:
        self.count = 0
        await self.accept()

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        self.count += 1
        await self.send_json({"count": self.count, "you_sent": content})


# --8<-- [end:counter]


# --8<-- [start:refuse]
class RefuseConsumer(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        await self.close(code=4001)  # before accept(): the code is lost


# --8<-- [end:refuse]


# --8<-- [start:accept-then-close]
class AcceptThenCloseConsumer(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        await self.accept()
        await self.close(code=4001)  # after accept(): the code arrives


# --8<-- [end:accept-then-close]


websocket_urlpatterns = [
    path("ws/life/counter/", CounterConsumer.as_asgi()),
    path("ws/life/refuse/", RefuseConsumer.as_asgi()),
    path("ws/life/accept-then-close/", AcceptThenCloseConsumer.as_asgi()),
]
