"""How many users there are: asked in both ways in which a consumer can ask the database."""

from channels.generic.websocket import AsyncJsonWebsocketConsumer, JsonWebsocketConsumer
from django.contrib.auth.models import User


class GuestsConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self):
        await self.accept()
        await self.send_json({"guests": await User.objects.acount()})


class SyncGuestsConsumer(JsonWebsocketConsumer):
    def connect(self):
        self.accept()
        self.send_json({"guests": User.objects.count()})
