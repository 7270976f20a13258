from channels.generic.websocket import AsyncWebsocketConsumer


class Doorkeeper(AsyncWebsocketConsumer):
    async def connect(self):
        # Without accept() the handshake is refused: no close code would reach the page.
        await self.accept()

    async def receive(self, text_data=None, bytes_data=None):
        if text_data == "friend":
            await self.send("come in")
        else:
            await self.close(code=4003)
