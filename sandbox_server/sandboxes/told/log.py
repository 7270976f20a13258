"""The log of this sandbox is a WebSocket: whoever opens it is given a name, and told what passes under it."""

from secrets import token_hex
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer

from sandbox_server.sandboxes.told.trace import LETTERS, Trace

LAYER = "rooms"


class LogConsumer(AsyncWebsocketConsumer):
    channel_layer_alias = LAYER

    async def connect(self) -> None:
        self.log = token_hex(16)
        await self.channel_layer.group_add(f"told.{self.log}", self.channel_name)
        await self.accept()
        await self.send(f"the log {self.log}")

    async def log_line(self, event: dict[str, Any]) -> None:
        await self.send(event["line"])

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(f"told.{self.log}", self.channel_name)


class ToldTrace(Trace):
    """Tells it there, and not to the log of a server that all visitors share."""

    async def tell(self, scope: Any, line: str) -> None:
        layer: Any = get_channel_layer(LAYER)
        log = scope["url_route"]["kwargs"]["log"]
        await layer.group_send(f"told.{log}", {"type": "log.line", "line": line[:LETTERS]})
