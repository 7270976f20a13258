"""An application for the servers: a path, a mistake."""

import asyncio
import faulthandler
import logging
import os
import signal
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "failures.settings")

from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from asgiref.sync import async_to_sync
from channels.generic.websocket import AsyncWebsocketConsumer, WebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import path


class Echo(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        await self.send(text_data=text_data)


class Raise(AsyncWebsocketConsumer):
    async def connect(self):
        await self.accept()
        raise LookupError("this is the last line")


class Refuse(AsyncWebsocketConsumer):
    async def connect(self):
        await self.close()


class SendFirst(AsyncWebsocketConsumer):
    async def connect(self):
        await self.send("welcome")


class SendAfterClose(AsyncWebsocketConsumer):
    async def connect(self):
        await self.accept()
        await self.close()
        await self.send("one more thing")


class CloseTwice(AsyncWebsocketConsumer):
    async def connect(self):
        await self.accept()
        await self.close()
        await self.close()


class Late(AsyncWebsocketConsumer):
    """Sends to a client that has gone, before it has been told so."""

    async def receive(self, text_data=None, bytes_data=None):
        for _ in range(40):
            await asyncio.sleep(0.05)
            try:
                await self.send("are you there?")
            except OSError:
                logging.exception("nobody is there")
                return


class Forget(AsyncWebsocketConsumer):
    async def connect(self):
        pass


class Loop(AsyncWebsocketConsumer):
    async def connect(self):
        await self.accept()
        while True:
            await asyncio.sleep(1)


class OddCode(AsyncWebsocketConsumer):
    async def connect(self):
        await self.accept()
        await self.close(999)


class LeaveLate(WebsocketConsumer):
    """Its thread asks the event loop for something when the loop has ended. SIGUSR1 shows what all threads wait for."""

    def connect(self):
        faulthandler.register(signal.SIGUSR1)
        self.accept()

    def disconnect(self, code):
        print("leaving", flush=True)
        while not os.path.exists("go"):
            time.sleep(0.05)
        async_to_sync(asyncio.sleep)(0)


async def returns(scope, receive, send):
    pass


async def endless(scope, receive, send):
    """Server-sent events."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
    while True:
        await send({"type": "http.response.body", "body": b":\n\n", "more_body": True})
        await asyncio.sleep(0.2)


async def torn(scope, receive, send):
    """A stream that raises once it has begun."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
    await send({"type": "http.response.body", "body": b":\n\n", "more_body": True})
    raise ValueError("in the middle of a stream")


async def http(scope, receive, send):
    application = {"/endless/": endless, "/torn/": torn}.get(scope["path"], django_application)
    await application(scope, receive, send)


consumers = {
    "echo": Echo, "raise": Raise, "refuse": Refuse, "send-first": SendFirst, "send-after-close": SendAfterClose,
    "close-twice": CloseTwice, "late": Late, "forget": Forget, "loop": Loop, "odd-code": OddCode,
    "leave-late": LeaveLate,
}  # fmt: skip
routes = [path(f"ws/{name}/", consumer.as_asgi()) for name, consumer in consumers.items()]
websocket = URLRouter([*routes, path("ws/returns/", returns)])
application = ProtocolTypeRouter({"http": http, "websocket": websocket})
