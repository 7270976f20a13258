from channels.generic.websocket import AsyncJsonWebsocketConsumer


class Chat(AsyncJsonWebsocketConsumer):
    groups = ["chat"]  # joined before connect(), left after disconnect()
    channel_layer_alias = "rooms"  # one of the layers here; where a project has one, it is the "default"

    async def receive_json(self, content):
        await self.channel_layer.group_send("chat", {"type": "chat.message", "text": content["text"]})

    async def chat_message(self, event):
        await self.send_json({"text": event["text"]})
