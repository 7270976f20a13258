"""The ways a connection can begin and end, and what belongs to one connection alone."""

from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer, AsyncWebsocketConsumer
from django.urls import path, re_path


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


# --8<-- [start:close-with]
class CloseWithConsumer(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        await self.accept()
        await self.close(code=self.scope["url_route"]["kwargs"]["code"], reason="as you asked")


# --8<-- [end:close-with]


# --8<-- [start:refuse-with]
class RefuseWithConsumer(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        status = int(self.scope["url_route"]["kwargs"]["status"])
        await self.base_send({"type": "websocket.http.response.start", "status": status, "headers": []})
        await self.base_send({"type": "websocket.http.response.body", "body": b"as you asked"})


# --8<-- [end:refuse-with]


# --8<-- [start:raise]
class RaiseConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        raise RuntimeError(f"nobody catches this: {text_data}")


# --8<-- [end:raise]


websocket_urlpatterns = [
    path("ws/life/counter/", CounterConsumer.as_asgi()),
    path("ws/life/refuse/", RefuseConsumer.as_asgi()),
    path("ws/life/accept-then-close/", AcceptThenCloseConsumer.as_asgi()),
    path("ws/life/close/<int:code>/", CloseWithConsumer.as_asgi()),
    re_path(r"^ws/life/refuse/(?P<status>200|[45][0-9]{2})/$", RefuseWithConsumer.as_asgi()),
    path("ws/life/raise/", RaiseConsumer.as_asgi()),
]
