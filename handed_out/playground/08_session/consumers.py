from asgiref.sync import sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer


class Visits(AsyncJsonWebsocketConsumer):
    async def connect(self):
        await self.accept()
        session = self.scope["session"]
        seen = await sync_to_async(session.get)("seen", 0)
        session["seen"] = seen + 1
        await sync_to_async(session.save)()  # over a WebSocket, nobody else saves it
        await self.send_json({"seen": seen + 1})
