"""Failures of messages that do not arrive."""

from __future__ import annotations

import asyncio
import gc
import json

from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import InMemoryChannelLayer
from channels.routing import ChannelNameRouter
from channels.worker import Worker
from channels_redis.core import RedisChannelLayer
from channels_redis.pubsub import RedisPubSubChannelLayer
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.contrib.sites.requests import RequestSite
from django.middleware.csrf import get_token

from failures.kit import CONNECT, TEXT, call, started, write
from failures.servers import visit


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


SENDS_A_DICT = """
async def application(scope, receive, send):
    await receive()
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": {"message": "hello"}})
    else:
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body"})
"""


def dict_as_text():
    write("sends_a_dict.py", SENDS_A_DICT)
    server = started("daphne", "-p", "{port}", "sends_a_dict:application")
    return visit(server, "dict", "has no attribute 'encode'")


def dict_as_text_uvicorn():
    write("sends_a_dict.py", SENDS_A_DICT)
    server = started("uvicorn", "--lifespan", "off", "--port", "{port}", "sends_a_dict:application")
    return visit(server, "dict", "has no attribute 'encode'")


class Event(AsyncWebsocketConsumer):
    async def receive(self, event):
        pass


async def receive_event():
    await call(Event.as_asgi(), CONNECT, TEXT)


class Both(AsyncWebsocketConsumer):
    async def receive(self, text_data, bytes_data):
        pass


async def receive_both():
    await call(Both.as_asgi(), CONNECT, TEXT)


class Named(AsyncWebsocketConsumer):
    async def connect(self):
        await self.send(self.channel_name)


async def no_channel_name():
    await call(Named.as_asgi(), CONNECT)


async def wrapper_awaited():
    await sync_to_async(len)


async def database_wrapper_awaited():
    await database_sync_to_async(len)


async def _answer():
    return "hello"


async def coroutine_as_json():
    json.dumps({"message": _answer()})


async def coroutine_into_layer():
    RedisChannelLayer().serialize({"message": _answer()})


class ByHandConsumer(AsyncWebsocketConsumer):
    pass


async def send_by_hand():
    await ByHandConsumer().send("hello")


def scope_by_hand():
    print(ByHandConsumer().scope)


def layer_by_hand():
    print(ByHandConsumer().channel_layer)


def loads_twice():
    json.loads(json.loads('{"message": "hello"}'))


def text_as_dict():
    content = json.dumps({"message": "hello"})
    print(content["message"])


def text_asked_for_a_key():
    content = json.dumps({"message": "hello"})
    print(content.get("message"))


async def send_without_event():
    await InMemoryChannelLayer().group_send({"type": "chat.message"})


async def add_without_channel():
    await InMemoryChannelLayer().group_add("lobby")


async def send_a_text():
    await InMemoryChannelLayer().send("tasks", "hello")


async def task_of_nothing():
    asyncio.create_task(print("called at once"))


async def gather_nothing():
    await asyncio.gather(print("called at once"))


def scope_to_login():
    login({"type": "websocket"}, User(pk=1), backend="django.contrib.auth.backends.ModelBackend")


def scope_to_csrf():
    get_token({"type": "websocket"})


def scope_to_site():
    RequestSite({"type": "websocket"})
