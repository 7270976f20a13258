"""A club with tables: members only, and what one says, all at the table hear."""

from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer


class ClubConsumer(AsyncJsonWebsocketConsumer):
    channel_layer_alias = "this_process"  # layers have names here; in your project, leave this line out
    group = ""

    async def connect(self) -> None:
        user = self.scope["user"]
        if not user.is_authenticated:
            await self.close(code=4401)
            return
        self.name = user.get_username()
        self.group = f"club.{self.scope['url_route']['kwargs']['table']}"
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        said = {"type": "club.said", "by": self.name, "text": content["text"]}
        await self.channel_layer.group_send(self.group, said)

    async def club_said(self, event: dict[str, Any]) -> None:
        await self.send_json({"by": event["by"], "text": event["text"]})
