"""The `type` of an event names the method that is called. Here a client has chosen it, and there the server.

Each connection is the only member of its group: whatever it does, it does to itself.
"""

from secrets import token_hex
from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer

# Of all methods that a client could name, those that may be tried here, in public.
TRIED = ("chat.message", "chat.promoted", "websocket.disconnect")


class GroupOfOne(AsyncJsonWebsocketConsumer):
    channel_layer_alias = "this_process"
    group = ""
    moderator = False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """As always; and whatever ends it, an event of the wrong shape too, it leaves the group."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            if self.group:
                await self.channel_layer.group_discard(self.group, self.channel_name)

    async def connect(self) -> None:
        self.group = f"attacked.{token_hex(16)}"
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def chat_message(self, event: dict[str, Any]) -> None:
        await self.send_json({"said": event.get("text"), "moderator": self.moderator})

    async def chat_promoted(self, event: dict[str, Any]) -> None:
        """Meant for the server's own code: somebody has been made a moderator."""
        self.moderator = True
        await self.send_json({"you_are": "a moderator"})


# --8<-- [start:trusting]
class TrustingConsumer(GroupOfOne):
    """Passes on what came, as many a chat does."""

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        if isinstance(content, dict) and content.get("type") in TRIED:
            await self.channel_layer.group_send(self.group, content)
        else:
            await self.send_json({"error": f"send an object whose type is one of: {', '.join(TRIED)}"})


# --8<-- [end:trusting]


# --8<-- [start:chosen]
class ChosenTypeConsumer(GroupOfOne):
    """Makes an event of its own, and puts into it what it has looked at."""

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        text = content.get("text") if isinstance(content, dict) else None
        if isinstance(text, str) and len(text) <= 200:
            await self.channel_layer.group_send(self.group, {"type": "chat.message", "text": text})
        else:
            await self.send_json({"error": "send an object with a text of at most 200 characters"})


# --8<-- [end:chosen]
