"""What goes wrong with groups: no layer, a name that is none, a type without a method, another process."""

import re
from secrets import token_hex
from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.layers import get_channel_layer
from django.urls import path


class NoLayerConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self) -> None:
        await self.channel_layer.group_add("news", self.channel_name)  # no layer is named "default" here
        await self.accept()


# --8<-- [start:names]
class GroupFromPathConsumer(AsyncJsonWebsocketConsumer):
    """The name of the group is what stands in the path, as it came. Nobody sends to it."""

    channel_layer_alias = "this_process"

    async def connect(self) -> None:
        await self.channel_layer.group_add(self.scope["url_route"]["kwargs"]["room"], self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.scope["url_route"]["kwargs"]["room"], self.channel_name)


class GroupNameConsumer(AsyncJsonWebsocketConsumer):
    """Asks the layer what it thinks of a name, which is what group_add() does first, and joins nothing."""

    channel_layer_alias = "this_process"

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        try:
            self.channel_layer.require_valid_group_name(text_data)
        except TypeError as error:
            await self.send_json({"error": str(error)})
        else:
            await self.send_json({"legal": True})


# --8<-- [end:names]


# --8<-- [start:type]
class TypeConsumer(AsyncJsonWebsocketConsumer):
    """Sends itself an event of the type that it is given; a group would pass it on to each member."""

    channel_layer_alias = "this_process"

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        if not re.fullmatch(r"chat\.[a-z_.]{1,30}", text_data or ""):
            await self.send_json({"error": "send a type: chat. and up to 30 small letters, dots and underscores"})
            return
        await self.channel_layer.send(self.channel_name, {"type": text_data})
        await self.send_json({"sent": text_data})

    async def chat_message(self, event: dict[str, Any]) -> None:
        await self.send_json({"handler": "chat_message", "event": event})


# --8<-- [end:type]


# --8<-- [start:processes]
class ProcessConsumer(AsyncJsonWebsocketConsumer):
    """A member of one in-memory layer. The second layer object is what a second process would have."""

    channel_layer_alias = "this_process"

    async def connect(self) -> None:
        self.group = f"news.{token_hex(16)}"
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        if text_data not in ("this_process", "another_process"):
            await self.send_json({"error": "send this_process or another_process"})
            return
        layer: Any = get_channel_layer(text_data)
        await layer.group_send(self.group, {"type": "news", "sent_from": text_data})
        await self.send_json({"sent_from": text_data})

    async def news(self, event: dict[str, Any]) -> None:
        await self.send_json({"heard_from": event["sent_from"]})

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.group, self.channel_name)


# --8<-- [end:processes]


websocket_urlpatterns = [
    path("ws/groups/no-layer/", NoLayerConsumer.as_asgi()),
    path("ws/groups/join/<str:room>/", GroupFromPathConsumer.as_asgi()),
    path("ws/groups/names/", GroupNameConsumer.as_asgi()),
    path("ws/groups/types/", TypeConsumer.as_asgi()),
    path("ws/groups/processes/", ProcessConsumer.as_asgi()),
]
