"""News over a WebSocket: from now on. What came before, nobody has promised."""

from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer

from sandbox_server.sandboxes.news.newsroom import LAYER


class NewsConsumer(AsyncJsonWebsocketConsumer):
    channel_layer_alias = LAYER
    group = ""

    async def connect(self) -> None:
        room = await self.scope["session"].aget("newsroom")
        if room is None:
            await self.close()  # 403
            return
        self.group = room["group"]
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def news_item(self, event: dict[str, Any]) -> None:
        await self.send_json(event["item"])
