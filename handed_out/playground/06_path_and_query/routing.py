from django.urls import path

from .consumers import Room

websocket_urlpatterns = [path("ws/rooms/<slug:room>/", Room.as_asgi())]
