from django.urls import path

from .consumers import ChatConsumer
from .slow import SlowConsumer

websocket_urlpatterns = [
    path("ws/chat/<slug:room>/", ChatConsumer.as_asgi()),
    path("ws/slow/", SlowConsumer.as_asgi()),
]
