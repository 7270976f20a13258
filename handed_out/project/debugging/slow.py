import time

from channels.generic.websocket import AsyncWebsocketConsumer


class SlowConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        time.sleep(float(text_data))  # await asyncio.sleep() would let others go on
        await self.send("done")
