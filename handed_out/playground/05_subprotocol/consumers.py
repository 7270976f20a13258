from channels.generic.websocket import AsyncWebsocketConsumer


class Versions(AsyncWebsocketConsumer):
    async def connect(self):
        offered = self.scope["subprotocols"]
        if "chat.v2" in offered:
            await self.accept(subprotocol="chat.v2")
        else:
            await self.close()  # before accept(): the handshake is refused
