"""The least that a chat needs: join a group, send to the group, hear it, leave it."""

from channels.generic.websocket import AsyncWebsocketConsumer

LETTERS = 500


class ChatConsumer(AsyncWebsocketConsumer):
    group = ""

    async def __call__(self, scope, receive, send):
        """As always; and whatever ends the connection, an exception too, it leaves the group."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            if self.group:
                await self.channel_layer.group_discard(self.group, self.channel_name)

    async def connect(self):
        self.group = f"chat.{self.scope['url_route']['kwargs']['room']}"
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def receive(self, text_data=None, bytes_data=None):
        if text_data:
            await self.channel_layer.group_send(self.group, {"type": "chat.message", "text": text_data[:LETTERS]})

    async def chat_message(self, event):
        """Channels calls this for `"type": "chat.message"`, in every member of the group."""
        await self.send(event["text"])
