"""What the club promises."""

from asyncio import CancelledError
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser, User

from .routing import websocket_urlpatterns

PATIENCE = 2  # seconds; a communicator by itself waits for one, which is short on a busy machine

application = URLRouter(websocket_urlpatterns)


@asynccontextmanager
async def member(name: str, table: str = "oak") -> AsyncIterator[WebsocketCommunicator]:
    """Somebody who is let in; and who leaves, however the test ends."""
    client = WebsocketCommunicator(application, f"/ws/club/{table}/")
    client.scope["user"] = User(username=name)
    connected, _ = await client.connect(timeout=PATIENCE)
    assert connected
    try:
        yield client
    finally:
        with suppress(CancelledError):  # after a time-out the consumer has been cancelled: nobody is left to be told
            await client.disconnect(timeout=PATIENCE)


async def test_all_at_a_table_hear() -> None:
    async with member("ada") as ada, member("bob") as bob:
        await ada.send_json_to({"text": "hello"})
        for client in (ada, bob):
            heard = await client.receive_json_from(timeout=PATIENCE)
            assert heard == {"by": "ada", "text": "hello"}


async def test_no_other_table_hears() -> None:
    async with member("ada") as ada, member("eve", table="elm") as eve:
        await ada.send_json_to({"text": "hello"})
        await ada.receive_json_from(timeout=PATIENCE)  # by now it has been sent to everybody
        assert await eve.receive_nothing()


async def test_a_stranger_is_refused() -> None:
    client = WebsocketCommunicator(application, "/ws/club/oak/")
    client.scope["user"] = AnonymousUser()
    connected, code = await client.connect(timeout=PATIENCE)
    assert not connected
    assert code == 4401
    await client.disconnect(timeout=PATIENCE)
