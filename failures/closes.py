"""Failures of connections that were open."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import threading
import uuid
from contextlib import suppress

from asgiref.sync import async_to_sync
from channels.generic.websocket import AsyncJsonWebsocketConsumer, AsyncWebsocketConsumer
from channels.layers import InMemoryChannelLayer
from channels_redis.core import RedisChannelLayer
from channels_redis.pubsub import RedisPubSubChannelLayer
from django.contrib.auth.models import User
from websockets.asyncio.client import connect as connect_async
from websockets.asyncio.server import serve

from failures.kit import BYTES, CONNECT, TEXT, call, started
from failures.servers import address, connect, daphne, uvicorn, visit


def daphne_raises():
    return visit(daphne(), "raise", "this is the last line")


def uvicorn_raises():
    return visit(uvicorn(), "raise", "this is the last line")


def client_1011():
    with connect(address(daphne(), "raise")) as client:
        client.recv()


class Plain(AsyncWebsocketConsumer):
    pass


async def no_handler():
    await call(Plain.as_asgi(), CONNECT, {"type": "chat.message"})


async def no_type():
    await call(Plain.as_asgi(), CONNECT, {"message": "hello"})


async def underscore_type():
    await call(Plain.as_asgi(), CONNECT, {"type": "_chat.message"})


class Def(AsyncWebsocketConsumer):
    def receive(self, text_data=None, bytes_data=None):
        pass


async def handler_not_async():
    await call(Def.as_asgi(), CONNECT, TEXT)


class WithoutEvent(AsyncWebsocketConsumer):
    async def chat_message(self):
        pass


async def handler_without_event():
    await call(WithoutEvent.as_asgi(), CONNECT, {"type": "chat.message"})


class ByHand(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        await self.chat_message()

    async def chat_message(self, event):
        pass


async def handler_called_by_hand():
    await call(ByHand.as_asgi(), CONNECT, TEXT)


class Nothing(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        await self.send(text_data=None)


async def no_data():
    await call(Nothing.as_asgi(), CONNECT, TEXT)


class SendsText(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        await self.send(text="hello")


async def send_arguments():
    await call(SendsText.as_asgi(), CONNECT, TEXT)


class RefusingConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        await self.close()

    async def disconnect(self, code):
        print(self.room_group_name)


async def attribute_of_disconnect():
    await call(RefusingConsumer.as_asgi(), CONNECT)


async def layer_method():
    await RedisChannelLayer().group_disgard("lobby", "channel")


async def layer_method_pubsub():
    await RedisPubSubChannelLayer().group_disgard("lobby", "channel")


async def layer_method_in_memory():
    await InMemoryChannelLayer().group_disgard("lobby", "channel")


class Uuid(AsyncJsonWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        await self.send_json({"id": uuid.uuid4()})


async def not_json_serializable():
    await call(Uuid.as_asgi(), CONNECT, TEXT)


class Queries(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        User.objects.first()


async def synchronous_only():
    await call(Queries.as_asgi(), CONNECT, TEXT)


class Bridge(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        async_to_sync(self.send)("hello")


async def async_to_sync_in_async():
    await call(Bridge.as_asgi(), CONNECT, TEXT)


def uvicorn_send_after_close():
    return visit(uvicorn(), "send-after-close", "after sending 'websocket.close'")


def daphne_send_after_close():
    return visit(daphne(), "send-after-close", "closed protocol")


def uvicorn_close_twice():
    return visit(uvicorn(), "close-twice", "'websocket.close', after sending")


def uvicorn_client_gone():
    server = uvicorn()
    client = connect(address(server, "late"))
    client.send("hello")
    client.close()
    server.wait_until_it_says("ClientDisconnected")
    return server.said()


def json_decode_error():
    said = []
    for text in ("", "{'a': 1}"):
        try:
            json.loads(text)
        except ValueError as error:
            said.append(str(error))
    return "\n".join(said)


class TextOnly(AsyncWebsocketConsumer):
    async def receive(self, text_data):
        pass


async def binary_to_text_only():
    await call(TextOnly.as_asgi(), CONNECT, BYTES)


class Loads(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        json.loads(text_data)


async def binary_to_json_loads():
    await call(Loads.as_asgi(), CONNECT, BYTES)


async def binary_to_json_consumer():
    await call(AsyncJsonWebsocketConsumer.as_asgi(), CONNECT, BYTES)


class ReadsMessage(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        json.loads(text_data)["message"]


async def key_of_message():
    await call(ReadsMessage.as_asgi(), CONNECT, {"type": "websocket.receive", "text": '{"text": "hello"}'})


def message_too_big():
    """What a client that takes 1 MiB says of two: an echo on uvicorn, which takes 16."""
    with connect(address(uvicorn(), "echo")) as client:
        client.send("x" * 2**21)
        client.recv()


def close_code_not_allowed():
    return visit(daphne(), "odd-code", "close code")


async def keepalive():
    """A server whose client's loop stands still."""
    async with serve(lambda socket: socket.wait_closed(), "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with connect_async(
            f"ws://127.0.0.1:{port}/", ping_interval=0.1, ping_timeout=0.1, close_timeout=0.1
        ) as client:
            client.transport.pause_reading()
            await client.recv()


def ping_timeout():
    """A client that answers no ping."""
    server = started(
        "daphne", "-v", "2", "--ping-interval", "1", "--ping-timeout", "1", "-p", "{port}", "failures.app:application"
    )
    asked = ["GET /ws/echo/ HTTP/1.1", "Host: localhost", "Upgrade: websocket", "Connection: Upgrade"]
    asked += ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", ""]
    with socket.create_connection(("127.0.0.1", int(server.url.split(":")[2].rstrip("/")))) as client:
        client.sendall("\r\n".join(asked).encode())
        server.wait_until_it_says("ping timeout")
    return server.said()


async def close_not_answered():
    """A server that reads no more."""

    async def deaf(connection):
        connection.transport.pause_reading()
        await asyncio.sleep(1)

    async with serve(deaf, "127.0.0.1", 0, close_timeout=0.1) as server:
        port = server.sockets[0].getsockname()[1]
        client = await connect_async(f"ws://127.0.0.1:{port}/", close_timeout=0.1)
        await client.close()
        await client.recv()


async def going_away():
    """A server of the library `websockets` stops."""
    async with serve(lambda connection: connection.wait_closed(), "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with connect_async(f"ws://127.0.0.1:{port}/") as client:
            server.close()
            await client.recv()


def closed_ok():
    """A consumer closes, without a code."""
    with connect(address(daphne(), "close-twice")) as client:
        client.recv()


def no_close_frame():
    """TCP ends: Daphne's way with a message that is too long."""
    with connect(address(daphne(), "echo")) as client:
        client.send("x" * (2**20 + 1))
        client.recv()


def service_restart():
    server = started("uvicorn", "--port", "{port}", "failures.app:application")
    with connect(address(server, "echo")) as client:
        client.send("hello")
        client.recv()
        server.process.send_signal(signal.SIGTERM)
        client.recv()


async def concurrent_recv():
    async with serve(lambda socket: socket.wait_closed(), "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with connect_async(f"ws://127.0.0.1:{port}/") as client:
            await asyncio.gather(client.recv(), client.recv())


def took_too_long():
    server = daphne()
    client = connect(address(server, "loop"))
    client.close()
    server.wait_until_it_says("took too long")
    return server.said()


def _read_forever(url: str) -> None:
    import urllib.request

    def read() -> None:
        with suppress(OSError), urllib.request.urlopen(url) as response:
            while response.read(1):
                pass

    threading.Thread(target=read, daemon=True).start()


def http_timeout():
    server = daphne()
    _read_forever(server.url + "endless/")
    server.wait_until_it_says("timed out while sending")
    return server.said()


def waiting_for_connections():
    server = started("uvicorn", "--port", "{port}", "failures.app:application")
    _read_forever(server.url + "endless/")
    server.wait_until_it_says("/endless/")
    server.process.send_signal(signal.SIGTERM)
    server.wait_until_it_says("Waiting for connections")
    return server.said()


def graceful_exceeded():
    server = started("uvicorn", "--timeout-graceful-shutdown", "1", "--port", "{port}", "failures.app:application")
    _read_forever(server.url + "endless/")
    server.wait_until_it_says("/endless/")
    server.process.send_signal(signal.SIGTERM)
    server.wait_until_it_says("timeout graceful shutdown exceeded")
    return server.said()
