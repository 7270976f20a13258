"""Failures of tests."""

from __future__ import annotations

from failures.kit import FOLDER, module, python, write

HEAD = """
import asyncio
import pytest
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.testing import ChannelsLiveServerTestCase, WebsocketCommunicator


class Chat(AsyncWebsocketConsumer):
    async def connect(self):
        if "user" in self.query:
            self.scope["user"]
        if "route" in self.query:
            self.scope["url_route"]
        if "nothing" not in self.query:
            await self.accept()

    @property
    def query(self):
        return self.scope["query_string"].decode()

    async def receive(self, text_data=None, bytes_data=None):
        if text_data == "close":
            await self.close()
        else:
            await self.send(bytes_data=b"hello")


async def opened(query="", timeout=2):
    communicator = WebsocketCommunicator(Chat.as_asgi(), f"/ws/chat/?{query}")
    assert (await communicator.connect(timeout))[0]
    return communicator

"""


def _pytest(name: str, body: str, *options: str) -> str:
    """What pytest prints of one test."""
    file = write(f"tests/test_{name}.py", HEAD + body)
    plugins = options or ("-p", "no:asyncio")
    return module(
        "pytest", "-p", "no:cacheprovider", "-p", "no:playwright", "-q", *plugins, "--rootdir", str(FOLDER), str(file)
    )


def _async(name: str, lines: str) -> str:
    return _pytest(name, f"def test():\n    async def main():\n        {lines}\n    asyncio.run(main())\n")


def no_user():
    return _async("user", "await opened('user')")


def no_url_route():
    return _async("route", "await opened('route')")


def await_outside():
    return python("def test_chat():\n    await open()")


def async_with_outside():
    return python("def test_chat():\n    async with open(): pass")


def async_for_outside():
    return python("def test_chat():\n    async for _ in []: pass")


def timeout():
    return _async("timeout", "await opened('nothing', 0.05)")


def cancelled():
    lines = "one = await opened()\n        with pytest.raises(TimeoutError): await one.receive_from(timeout=0.05)"
    return _async("cancelled", f"{lines}\n        await one.receive_from()")


def expected_send():
    return _async("expected", "one = await opened(); await one.send_to('close'); await one.receive_from()")


def json_from_bytes():
    return _async("json", "one = await opened(); await one.send_to('x'); await one.receive_json_from()")


def path_bytes():
    return _async("path", "WebsocketCommunicator(Chat.as_asgi(), b'/ws/chat/')")


def database_not_allowed():
    body = "def test():\n    from django.contrib.auth.models import User\n    User.objects.first()\n"
    return _pytest("database", body, "--ds", "failures.settings")


def async_not_supported():
    return _pytest("coroutine", "async def test():\n    await opened()\n")


def live_in_memory():
    body = "class TestLive(ChannelsLiveServerTestCase):\n    def test(self):\n        pass\n"
    return _pytest("live", body, "--ds", "failures.settings")


def event_loop_fixture():
    return _pytest("loop", "def test(event_loop):\n    pass\n")


def table_locked():
    """What SQLite says where two connections share one database in memory."""
    body = """
def test():
    import sqlite3
    name = "file:memory?mode=memory&cache=shared"
    one, two = (sqlite3.connect(name, uri=True, isolation_level=None, timeout=0) for _ in range(2))
    one.execute("CREATE TABLE chat (text)")
    one.execute("BEGIN")
    one.execute("INSERT INTO chat VALUES ('hello')")
    two.execute("SELECT * FROM chat").fetchall()
"""
    return _pytest("table", body)


def other_loop():
    body = """
import pytest_asyncio


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client():
    return await opened()


@pytest.mark.asyncio
async def test_client(client):
    await client.wait()
"""
    return _pytest("loops", body, "--asyncio-mode=strict")


def async_fixture():
    body = """
@pytest.fixture
async def client():
    yield await opened()


@pytest.mark.asyncio
async def test_client(client):
    await client.send_to("hello")
"""
    return _pytest("fixture", body, "--asyncio-mode=strict")
