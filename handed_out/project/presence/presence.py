"""Who is in a room, over all processes: each connection for 30 seconds after its last beat, whatever became of it."""

import time
from secrets import token_hex

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from redis import asyncio as aioredis

SECONDS = 30
redis = aioredis.from_url("redis://127.0.0.1:6379", decode_responses=True)  # connects when it is first asked


async def beat(room, member):
    """Note that this one is there. Returns the names of all who are."""
    key, now = f"mysite:presence:{room}", time.time()
    async with redis.pipeline() as pipe:
        pipe.zadd(key, {member: now + SECONDS})
        pipe.zremrangebyscore(key, "-inf", now)  # whose time has run out
        pipe.expire(key, SECONDS)  # and the whole, if nobody comes any more
        pipe.zrange(key, 0, -1)
        *_, members = await pipe.execute()
    return sorted({member.partition(":")[0] for member in members})


async def leave(room, member):
    await redis.zrem(f"mysite:presence:{room}", member)


class PresenceConsumer(AsyncJsonWebsocketConsumer):
    """Each message is a beat, and its answer is who is there. A page sends one every ten seconds."""

    async def connect(self):
        route = self.scope["url_route"]["kwargs"]
        self.room = route["room"]
        self.member = f"{route['name']}:{token_hex(8)}"  # of each connection its own: somebody may have two tabs
        await self.accept()
        await self.send_json({"present": await beat(self.room, self.member)})

    async def receive(self, text_data=None, bytes_data=None):
        await self.send_json({"present": await beat(self.room, self.member)})

    async def disconnect(self, code):
        await leave(self.room, self.member)  # sooner than in 30 seconds, where somebody gets to say it
