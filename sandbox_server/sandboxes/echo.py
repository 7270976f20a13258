"""The smallest consumer worth having: what comes in goes out, text as text and bytes as bytes."""

from channels.generic.websocket import AsyncWebsocketConsumer
from django.urls import path


class EchoConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(text_data=text_data, bytes_data=bytes_data)


websocket_urlpatterns = [path("ws/echo/", EchoConsumer.as_asgi())]
