"""One task, written for four base classes: say what came, and whether the handler ran on the event loop's thread."""

import threading
from typing import Any

from channels.consumer import SyncConsumer
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncJsonWebsocketConsumer, AsyncWebsocketConsumer, WebsocketConsumer
from django.urls import path


def on_the_event_loop() -> bool:
    """Daphne's event loop runs in the main thread."""
    return threading.current_thread() is threading.main_thread()


class JsonKind(AsyncJsonWebsocketConsumer):
    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        await self.send_json({"came": content, "on_the_event_loop": on_the_event_loop()})


class AsyncKind(AsyncWebsocketConsumer):
    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(f"{text_data!r} came; on the event loop: {on_the_event_loop()}")


class SyncKind(WebsocketConsumer):
    def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        self.send(f"{text_data!r} came; on the event loop: {on_the_event_loop()}")


class BareKind(SyncConsumer):
    def websocket_connect(self, event: dict[str, Any]) -> None:
        self.send({"type": "websocket.accept"})

    def websocket_receive(self, event: dict[str, Any]) -> None:
        text = f"{event.get('text')!r} came; on the event loop: {on_the_event_loop()}"
        self.send({"type": "websocket.send", "text": text})

    def websocket_disconnect(self, event: dict[str, Any]) -> None:
        raise StopConsumer


websocket_urlpatterns = [
    path("ws/kinds/json/", JsonKind.as_asgi()),
    path("ws/kinds/async/", AsyncKind.as_asgi()),
    path("ws/kinds/sync/", SyncKind.as_asgi()),
    path("ws/kinds/bare/", BareKind.as_asgi()),
]
