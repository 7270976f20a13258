import pytest
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import User

from club.guests import GuestsConsumer, SyncGuestsConsumer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("consumer", [GuestsConsumer, SyncGuestsConsumer])
async def test_the_consumer_finds_what_the_test_has_saved(consumer):
    await User.objects.acreate(username="ada")
    client = WebsocketCommunicator(consumer.as_asgi(), "/ws/guests/")
    await client.connect()
    assert await client.receive_json_from() == {"guests": 1}
    await client.disconnect()
