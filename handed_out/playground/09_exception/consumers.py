from channels.generic.websocket import AsyncJsonWebsocketConsumer


class Divider(AsyncJsonWebsocketConsumer):
    async def receive_json(self, content):
        await self.send_json({"quotient": content["a"] // content["b"]})
