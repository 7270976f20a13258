"""Failures of messages that do not arrive."""

from __future__ import annotations

import asyncio
import gc

from channels.layers import InMemoryChannelLayer
from channels.routing import ChannelNameRouter
from channels.worker import Worker
from channels_redis.pubsub import RedisPubSubChannelLayer


async def never_awaited():
    InMemoryChannelLayer().group_send("lobby", {"type": "chat.message"})
    gc.collect()


async def channel_full():
    layer = InMemoryChannelLayer(capacity=1)
    for _ in range(2):
        await layer.send("tasks", {"type": "work"})


async def only_in_process():
    await RedisPubSubChannelLayer().group_add("lobby", "specific.abc!def")


async def worker_channel():
    await ChannelNameRouter({})({"type": "channel", "channel": "tasks"}, None, None)


async def worker_scope():
    await ChannelNameRouter({})({"type": "websocket"}, None, None)


def worker_no_layer():
    Worker(None, ["tasks"], None)


async def task_destroyed():
    asyncio.create_task(_forever())
    await asyncio.sleep(0)
    gc.collect()


async def _forever():
    await asyncio.Future()


async def task_exception():
    task = asyncio.create_task(_raises())
    await asyncio.wait([task])
    del task
    gc.collect()


async def _raises():
    raise LookupError("in a task")
