"""The smallest chat, as this server has it: with a layer under another name, and rooms whose names nobody can guess."""

from django.urls import path

from handed_out.project.chat.consumers import ChatConsumer
from sandbox_server.sandboxes import names  # noqa: F401  it registers <signed:…>


class SandboxChatConsumer(ChatConsumer):
    channel_layer_alias = "rooms"


websocket_urlpatterns = [path("ws/chat/<signed:room>/", SandboxChatConsumer.as_asgi())]
