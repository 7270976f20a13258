"""Consumers with a mistake in each, and what the mistake does to their connections."""

from typing import Any

from asgiref.sync import async_to_sync
from channels.consumer import AsyncConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.urls import path


# --8<-- [start:forget]
class ForgetConsumer(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        pass  # neither accept() nor close()


# --8<-- [end:forget]


class RaiseBeforeConsumer(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        raise LookupError("before accept()")


# --8<-- [start:raise-after]
class RaiseAfterConsumer(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        await self.accept()
        raise LookupError("after accept()")

    async def disconnect(self, code: int) -> None:
        pass  # whatever this would clean up stays: it is never called


# --8<-- [end:raise-after]


class SendFirstConsumer(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        await self.send("welcome")
        await self.accept()


class DefConsumer(AsyncWebsocketConsumer):
    def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:  # type: ignore[override]
        """Should be `async def`."""


class NoHandlerConsumer(AsyncConsumer):
    async def websocket_connect(self, event: dict[str, Any]) -> None:
        await self.send({"type": "websocket.accept"})

    async def websocket_recieve(self, event: dict[str, Any]) -> None:
        """Misspelt, so it is no handler of `websocket.receive`."""


class AsyncToSyncConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        async_to_sync(self.send)("hello")  # async code awaits, and needs no bridge


websocket_urlpatterns = [
    path("ws/mistakes/forget/", ForgetConsumer.as_asgi()),
    path("ws/mistakes/raise-before/", RaiseBeforeConsumer.as_asgi()),
    path("ws/mistakes/raise-after/", RaiseAfterConsumer.as_asgi()),
    path("ws/mistakes/send-first/", SendFirstConsumer.as_asgi()),
    path("ws/mistakes/def/", DefConsumer.as_asgi()),
    path("ws/mistakes/async-to-sync/", AsyncToSyncConsumer.as_asgi()),
    path("ws/mistakes/no-handler/", NoHandlerConsumer.as_asgi()),
    path("ws/mistakes/no-as-asgi/", DefConsumer),  # without .as_asgi()
]
