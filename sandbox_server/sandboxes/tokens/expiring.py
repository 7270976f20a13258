"""Consumers whose connection lasts as long as its token, and longer only by a new one."""

import asyncio
from time import time
from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer

from sandbox_server.sandboxes.tokens.signed import Grant, grant_of

EXPIRED = 4001
NO_GOOD = 4401
FIRST_SECONDS = 3


class ExpiringConsumer(AsyncJsonWebsocketConsumer):
    grant: Grant | None = None
    ending: asyncio.Task[None] | None = None

    # --8<-- [start:renew]
    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        match content:
            case {"token": str(token)}:
                await self.admit(await grant_of(token))
            case _ if self.grant:
                await self.send_json({"user": str(self.grant.user), "you_sent": content})
            case _:
                await self.close(code=NO_GOOD, reason="a token first")

    async def admit(self, grant: Grant | None) -> None:
        """Once to begin with, and again with each new token."""
        if grant is None or (self.grant and grant.user != self.grant.user):
            await self.close(code=NO_GOOD, reason="no token, or not a good one")
            return
        self.grant = grant
        self.close_at(grant.until, EXPIRED, "the token has expired")
        await self.send_json({"user": str(grant.user)})

    # --8<-- [end:renew]

    def close_at(self, until: float, code: int, reason: str) -> None:
        """In place of when it would have been closed otherwise."""
        self.cancel_ending()
        self.ending = asyncio.create_task(self.close_later(until - time(), code, reason))

    async def close_later(self, seconds: float, code: int, reason: str) -> None:
        await asyncio.sleep(seconds)
        await self.close(code=code, reason=reason)

    def cancel_ending(self) -> None:
        if self.ending:
            self.ending.cancel()

    async def disconnect(self, code: int) -> None:
        self.cancel_ending()  # else the task outlives its connection


class BearerConsumer(ExpiringConsumer):
    """Behind BearerMiddleware: the token came in the handshake."""

    scope: Any  # with what the middleware has put there

    async def connect(self) -> None:
        chosen = "bearer" if "bearer" in self.scope["subprotocols"] else None  # a name, and never the token
        await self.accept(subprotocol=chosen)
        await self.admit(self.scope["grant"])


class FirstMessageConsumer(ExpiringConsumer):
    """The token comes in the first message. Who says nothing is not kept."""

    async def connect(self) -> None:
        await self.accept()
        self.close_at(time() + FIRST_SECONDS, NO_GOOD, "no token came")
