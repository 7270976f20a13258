from channels.generic.websocket import AsyncJsonWebsocketConsumer


class WhoAmI(AsyncJsonWebsocketConsumer):
    async def connect(self):
        await self.accept()
        user = self.scope["user"]
        if user.is_anonymous:
            await self.close(code=4401)
        else:
            await self.send_json({"user": user.username})
