from django.urls import path

from .consumers import ClubConsumer

websocket_urlpatterns = [path("ws/club/<slug:table>/", ClubConsumer.as_asgi())]
