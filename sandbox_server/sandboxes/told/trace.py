"""A middleware that tells each ASGI event as it passes. It goes around a consumer, a router, or all of it."""

import logging
from asyncio import CancelledError
from typing import Any

from channels.middleware import BaseMiddleware

logger = logging.getLogger("trace")
LETTERS = 200


class Trace(BaseMiddleware):
    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        async def receive_and_tell() -> Any:
            event = await receive()
            await self.tell(scope, f"receive {told(event)}")
            return event

        async def tell_and_send(event: Any) -> None:
            await self.tell(scope, f"send {told(event)}")
            await send(event)

        try:
            await super().__call__(scope, receive_and_tell, tell_and_send)
        except (Exception, CancelledError) as error:
            await self.tell(scope, f"raised {error!r}")
            raise
        await self.tell(scope, "returned")

    async def tell(self, scope: Any, line: str) -> None:
        logger.info("%s %s %s", scope["type"], scope.get("path"), line[:LETTERS])


def told(event: Any) -> str:
    """An event's type, and what it holds. A message of a visitor's stands in it: not for a log that is kept."""
    held = {key: value for key, value in event.items() if key != "type" and value is not None}
    return f"{event['type']} {held}" if held else str(event["type"])
