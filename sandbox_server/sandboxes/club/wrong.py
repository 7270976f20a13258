"""Tests that people write, each with its mistake."""

from contextlib import suppress

from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser, User

from .consumers import ClubConsumer
from .tests import PATIENCE, application, member


async def begin(client: WebsocketCommunicator) -> None:
    """What `connect()` does, for a consumer that fails: connect() raises the same, but only when its time is over."""
    await client.send_input({"type": "websocket.connect"})
    await client.wait(timeout=PATIENCE)


async def test_the_consumer_alone() -> None:
    client = WebsocketCommunicator(ClubConsumer.as_asgi(), "/ws/club/oak/")
    await begin(client)


async def test_a_user_and_no_route() -> None:
    client = WebsocketCommunicator(ClubConsumer.as_asgi(), "/ws/club/oak/")
    client.scope["user"] = User(username="ada")
    await begin(client)


async def test_the_slash_is_missing() -> None:
    client = WebsocketCommunicator(application, "/ws/club/oak")
    client.scope["user"] = User(username="ada")
    await begin(client)


async def test_a_tuple_is_always_true() -> None:
    client = WebsocketCommunicator(application, "/ws/club/oak/")
    client.scope["user"] = AnonymousUser()
    connected = await client.connect(timeout=PATIENCE)
    assert connected
    await client.disconnect(timeout=PATIENCE)


async def test_nobody_has_said_anything() -> None:
    async with member("ada") as ada:
        await ada.receive_json_from(timeout=0.1)


async def test_the_same_client_after_a_time_out() -> None:
    async with member("ada") as ada:
        with suppress(TimeoutError):
            await ada.receive_json_from(timeout=0.1)
        await ada.send_json_to({"text": "hello"})
        await ada.receive_json_from(timeout=PATIENCE)
