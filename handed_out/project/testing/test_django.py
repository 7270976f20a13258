from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import User
from django.test import TestCase

from club.guests import GuestsConsumer


class GuestsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        User.objects.create(username="ada")

    async def test_the_consumer_finds_what_the_test_has_saved(self):
        client = WebsocketCommunicator(GuestsConsumer.as_asgi(), "/ws/guests/")
        connected, _ = await client.connect()
        self.assertTrue(connected)
        self.assertEqual(await client.receive_json_from(), {"guests": 1})
        await client.disconnect()
