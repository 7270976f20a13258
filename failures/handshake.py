"""Failures of handshakes."""

from __future__ import annotations

import socket
from functools import cache

from asgiref.sync import async_to_sync
from channels.auth import AuthMiddlewareStack
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import InMemoryChannelLayer, get_channel_layer
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application
from django.test import Client
from django.urls import include, path

from failures.kit import CONNECT, call, started, write
from failures.servers import answered_with, daphne, hasty_daphne, uvicorn, visit
from testing.ports import reserved_port
from testing.program import Program


class Chat(AsyncWebsocketConsumer):
    async def connect(self):
        await self.channel_layer.group_add("lobby", self.channel_name)


def _reached(server: Program) -> socket.socket:
    """TCP to a server, and nothing said yet."""
    return socket.create_connection(("127.0.0.1", int(server.url.split(":")[2].rstrip("/"))))


router = URLRouter([path("ws/room/<str:room>/", Chat.as_asgi())])


def not_found():
    Client().get("/ws/chat/lobby/")


def client_404():
    answered_with("404 Not Found")


def no_websocket_library():
    server = started("uvicorn", "--ws", "none", "--port", "{port}", "failures.app:application")
    return visit(server, "echo", "No supported WebSocket library")


def client_200():
    answered_with("200 OK")


def client_302():
    answered_with("302 Found", "Location: https://example.org/login/")


def client_500():
    answered_with("500 Internal Server Error")


def daphne_500():
    return visit(daphne(), "nowhere", "opening handshake ('Internal server error')")


def client_400():
    answered_with("400 Bad Request")


def daphne_400():
    """A handshake whose `Connection` is a proxy's own."""
    server = daphne()
    asked = ["GET /ws/echo/ HTTP/1.1", "Host: localhost", "Upgrade: websocket", "Connection: close"]
    with _reached(server) as client:
        client.sendall("\r\n".join([*asked, "Sec-WebSocket-Version: 13", "", ""]).encode())
        client.recv(1024)
    server.wait_until_it_says("do not include")
    return server.said()


def client_403():
    answered_with("403 Forbidden")


async def no_route():
    await call(router, CONNECT)


async def root_path():
    await call(router, CONNECT, root_path="/shop", path="/ws/room/lobby/")


def include_in_router():
    URLRouter([path("ws/", include([]))])


async def http_only():
    await call(get_asgi_application(), CONNECT)


async def scope_type():
    said = []
    for kind in ("http", "websocket"):
        try:
            await call(ProtocolTypeRouter({}), type=kind)
        except ValueError as error:
            said.append(str(error))
    return "\n".join(said)


async def list_for_application():
    await call(ProtocolTypeRouter({"websocket": []}), CONNECT)


def _view(request):
    pass


async def view_in_router():
    await call(URLRouter([path("ws/chat/lobby/", _view)]), CONNECT)


@cache
def _runserver() -> Program:
    text = "from failures.settings import *\nINSTALLED_APPS = ['daphne']\nDEBUG = True\n"
    text += "LOGGING_CONFIG = 'logging.config.dictConfig'\n"
    settings, port = write("asgi/settings_asgi.py", text), reserved_port()
    arguments = (
        "runserver",
        "--noreload",
        f"127.0.0.1:{port}",
        "--settings=settings_asgi",
        f"--pythonpath={settings.parent}",
    )
    return started("django", *arguments, port=port)


def runserver_reject():
    return visit(_runserver(), "refuse", "REJECT")


def runserver_lines():
    return visit(_runserver(), "refuse", "DISCONNECT")


def daphne_lines():
    """Daphne's own lines, at its usual -v 1."""
    server = started("daphne", "-p", "{port}", "failures.app:application")
    return visit(server, "refuse", "WSDISCONNECT")


def daphne_403():
    return visit(daphne(), "refuse", "opening handshake ('Access denied')")


def uvicorn_403():
    return visit(uvicorn(), "refuse", "403")


async def origin_validator_outside():
    await call(AllowedHostsOriginValidator(router), type="http")


def bad_host():
    Client().get("/plain/", headers={"host": "10.0.0.7"})


class NamedConsumer(AsyncWebsocketConsumer):
    pass


async def no_as_asgi():
    await call(URLRouter([path("ws/chat/lobby/", NamedConsumer)]), CONNECT)


async def no_layer():
    await call(Chat.as_asgi(), CONNECT)


def no_layer_outside():
    async_to_sync(get_channel_layer().group_send)("lobby", {"type": "chat.message"})


class Grouped(AsyncWebsocketConsumer):
    groups = ["lobby"]


async def groups_without_layer():
    await call(Grouped.as_asgi(), CONNECT)


async def group_name():
    await InMemoryChannelLayer().group_add("the lobby", "specific.abc!def")


async def channel_name():
    await InMemoryChannelLayer().send("user@example.org", {"type": "chat.message"})


class Greets(AsyncWebsocketConsumer):
    async def connect(self):
        self.user = self.scope["user"]


async def no_user():
    await call(Greets.as_asgi(), CONNECT)


class Room(AsyncWebsocketConsumer):
    async def connect(self):
        self.room = self.scope["url_route"]["kwargs"]["room_name"]


async def kwargs_key():
    await call(URLRouter([path("ws/chat/<str:room>/", Room.as_asgi())]), CONNECT)


class LikeAView(AsyncWebsocketConsumer):
    async def connect(self, room_name):
        pass


async def connect_arguments():
    await call(URLRouter([path("ws/chat/<str:room_name>/", LikeAView.as_asgi())]), CONNECT)


def daphne_send_first():
    return visit(daphne(), "send-first", "Socket has not been accepted")


def uvicorn_send_first():
    return visit(uvicorn(), "send-first", "Expected ASGI message")


def uvicorn_no_handshake():
    return visit(uvicorn(), "returns", "without completing")


def hangs():
    return visit(hasty_daphne(), "forget", "opening handshake timeout")


def tls_on_plain_port():
    server = uvicorn()
    with _reached(server) as client:
        client.sendall(bytes.fromhex("160301004e0100004a0303"))
        client.recv(1024)
    server.wait_until_it_says("Invalid HTTP request")
    return server.said()


async def no_headers():
    await AuthMiddlewareStack(router)({"type": "channel", "channel": "tasks"}, None, None)


async def no_path():
    await router({"type": "channel", "channel": "tasks"}, None, None)
