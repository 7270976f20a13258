from asgiref.sync import async_to_sync
from channels.generic.websocket import WebsocketConsumer


class Announcer(WebsocketConsumer):
    """Synchronous: what is asynchronous has to be wrapped."""

    channel_layer_alias = "rooms"  # one of the layers here; where a project has one, it is the "default"

    def connect(self):
        async_to_sync(self.channel_layer.group_add)("news", self.channel_name)
        self.accept()

    def disconnect(self, code):
        async_to_sync(self.channel_layer.group_discard)("news", self.channel_name)

    def receive(self, text_data=None, bytes_data=None):
        async_to_sync(self.channel_layer.group_send)("news", {"type": "news.item", "text": text_data})

    def news_item(self, event):
        self.send(text_data=event["text"].upper())
