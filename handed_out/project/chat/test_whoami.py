import pytest
from channels.auth import AuthMiddlewareStack
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import User
from django.test import AsyncClient

from chat.whoami import WhoAmIConsumer

pytestmark = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True)]


async def test_the_consumer_alone_gets_its_user_from_the_test():
    communicator = WebsocketCommunicator(WhoAmIConsumer.as_asgi(), "/ws/whoami/")
    communicator.scope["user"] = await User.objects.acreate(username="carol")
    connected, _ = await communicator.connect()
    assert connected
    assert await communicator.receive_json_from() == {"user": "carol", "is_authenticated": True}
    await communicator.disconnect()


async def test_with_the_stack_around_it_the_user_comes_from_a_session():
    browser = AsyncClient()
    await browser.aforce_login(await User.objects.acreate(username="carol"))
    cookie = f"sessionid={browser.cookies['sessionid'].value}"
    application = AuthMiddlewareStack(WhoAmIConsumer.as_asgi())
    communicator = WebsocketCommunicator(application, "/ws/whoami/", headers=[(b"cookie", cookie.encode())])
    connected, _ = await communicator.connect()
    assert connected
    assert (await communicator.receive_json_from())["user"] == "carol"
    await communicator.disconnect()
