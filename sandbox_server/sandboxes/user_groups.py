"""The user is in the scope already. What belongs to the user is a query, and queries block."""

from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.urls import path


class UserGroupsConsumer(AsyncJsonWebsocketConsumer):
    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        user = self.scope["user"]
        if text_data == "name":  # was read at connect
            await self.send_json({"name": user.username})
        elif text_data == "async for":
            await self.send_json({"groups": [group.name async for group in user.groups.all()]})
        elif text_data == "for":
            await self.send_json({"groups": [group.name for group in user.groups.all()]})
        else:
            await self.send_json({"error": "send one of: name, async for, for"})


websocket_urlpatterns = [path("ws/user-groups/", UserGroupsConsumer.as_asgi())]
