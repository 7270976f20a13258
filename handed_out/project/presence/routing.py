from django.urls import path

from .consumers import ChatConsumer
from .presence import PresenceConsumer

websocket_urlpatterns = [
    path("ws/chat/<slug:room>/", ChatConsumer.as_asgi()),
    path("ws/presence/<slug:room>/<slug:name>/", PresenceConsumer.as_asgi()),
]
