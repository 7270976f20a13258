"""A channel layer that reaches this process in any case, and all others through Redis for as long as Redis is there.

The layers of channels_redis ask Redis about every channel. While it is away, a consumer that has such a layer cannot
even connect (500), and one that is connected dies at its next word (1011), though all its hearers be in one process.

A consumer that wants to know joins the group `layer.state`: it is sent `{"type": "layer.state", "alone": True}` when
other processes are no longer reached, and `False` once they are again.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from secrets import token_hex
from time import monotonic
from typing import Any

from channels.exceptions import ChannelFull
from channels.layers import InMemoryChannelLayer

from sandbox_server.limits import (
    REDIS_AGAIN_SECONDS,
    REDIS_ANSWER_SECONDS,
    REDIS_QUIET_SECONDS,
    REDIS_SUBSCRIBE_SECONDS,
)
from sandbox_server.tally import tally

logger = logging.getLogger(__name__)


class SharedLayer(InMemoryChannelLayer):
    """Channels' own, in memory; with a `url`, what is sent to a group goes to the other processes, too."""

    STATE = "layer.state"

    def __init__(self, url: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.url = url
        self.bridges: dict[Any, Bridge] = {}
        self.cleaned_at = 0.0

    def _clean_expired(self) -> None:
        """Channels' goes through all channels at each send and each receive: for a group, the square of its members."""
        if monotonic() - self.cleaned_at > 1:
            self.cleaned_at = monotonic()
            super()._clean_expired()  # type: ignore[misc]

    async def group_add(self, group: str, channel: str) -> None:
        """Until it is discarded, or takes no messages for a while. Channels also ends a membership after a day by the
        clock on the wall, which may be set.
        """
        await super().group_add(group, channel)
        self.groups[group][channel] = 0  # instead of the time since when: such a membership has no age
        if bridge := self.bridge():
            await bridge.listen()
            if group == self.STATE and bridge.is_away:
                await self.send(channel, {"type": self.STATE, "alone": True})

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        await self.send_here(group, message)
        if bridge := self.bridge():
            await bridge.publish(group, message)

    async def send_here(self, group: str, message: dict[str, Any]) -> None:
        """To the members in this process. One whose channel is full misses it, as always."""
        self.require_valid_group_name(group)
        self._clean_expired()
        for channel in list(self.groups.get(group, ())):
            try:
                await self.send(channel, message)
            except ChannelFull:
                tally.layer_messages_dropped += 1

    async def reaches_others(self) -> bool:
        """Whether a group reaches the members in other processes, if there may be any."""
        bridge = self.bridge()
        if bridge is None:
            return True
        await bridge.listen()
        return not bridge.is_away

    @property
    def is_alone(self) -> bool:
        """Whether it is known that no other process is reached now, though there may be others."""
        return any(bridge.is_away for bridge in list(self.bridges.values()))

    def bridge(self) -> Bridge | None:
        """To the other processes, from this event loop: a command has one of its own."""
        if not self.url:
            return None
        loop = asyncio.get_running_loop()
        if loop not in self.bridges:
            self.bridges[loop] = Bridge(self)
        return self.bridges[loop]


class Bridge:
    """One channel of Redis, on which each process tells all others what it sends to groups."""

    CHANNEL = "sandbox"

    def __init__(self, layer: SharedLayer) -> None:
        from redis import asyncio as redis  # not where there is one process only, such as a reader's page

        self.layer = layer
        self.me = token_hex(8)
        self.redis = redis.from_url(
            layer.url,
            retry=None,
            socket_timeout=REDIS_ANSWER_SECONDS,
            socket_connect_timeout=REDIS_ANSWER_SECONDS,
            socket_keepalive=True,
        )
        self.away_until = 0.0
        self.is_away = False
        self.subscribed = asyncio.Event()
        self.listening: asyncio.Task[None] | None = None

    async def publish(self, group: str, message: dict[str, Any]) -> None:
        """Tell the others; if Redis is away, not. Whoever listens looks for it; else this does, after a moment."""
        if self.is_away and (self.listening or monotonic() < self.away_until):
            return
        try:
            await self.say(group, message)
        except Exception as error:
            await self.tell_away(error)
        else:
            if self.listening is None:
                await self.tell_back()

    async def say(self, *group_and_message: Any) -> None:
        import msgpack

        await self.redis.publish(self.CHANNEL, msgpack.packb([self.me, *group_and_message]))

    async def listen(self) -> None:
        """From now on; returns once the others are heard, or Redis is known to be away."""
        if self.listening is None:
            self.listening = asyncio.create_task(self.take_all())
        if not self.is_away:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.subscribed.wait(), REDIS_SUBSCRIBE_SECONDS)

    async def take_all(self) -> None:
        """Hear the others; when Redis has gone, ask again and again whether it is back."""
        while True:
            try:
                async with self.redis.pubsub() as pubsub:
                    await pubsub.subscribe(self.CHANNEL)
                    await self.redis.connection_pool.disconnect(inuse_connections=False)  # those of the time before
                    await self.hear(pubsub)
            except Exception as error:
                await self.tell_away(error)
            self.subscribed.clear()
            await asyncio.sleep(REDIS_AGAIN_SECONDS)

    async def hear(self, pubsub: Any) -> None:
        """Until Redis is gone, which a connection alone may never tell: into a silence this process says something for
        itself, and has to hear it.
        """
        asked = False
        while True:
            item = await pubsub.get_message(timeout=REDIS_QUIET_SECONDS)
            if item is not None:
                asked = False
                self.subscribed.set()
                await self.tell_back()
                if item["type"] == "message":
                    await self.take(item["data"])
            elif asked:
                raise TimeoutError("It is silent.")
            else:
                asked = True
                await self.say()

    async def take(self, data: bytes) -> None:
        import msgpack

        sender, *group_and_message = msgpack.unpackb(data)
        if sender != self.me and group_and_message:
            await self.layer.send_here(*group_and_message)

    async def tell_away(self, error: Exception) -> None:
        """The log, in one line, and once; and those who want to know."""
        self.away_until = monotonic() + REDIS_AGAIN_SECONDS
        if not self.is_away:
            self.is_away = True
            logger.warning("Redis is away: groups reach this process only. %s", error)
            await self.layer.send_here(self.layer.STATE, {"type": self.layer.STATE, "alone": True})

    async def tell_back(self) -> None:
        if self.is_away:
            self.is_away = False
            logger.warning("Redis is back: groups reach all processes.")
            await self.layer.send_here(self.layer.STATE, {"type": self.layer.STATE, "alone": False})
