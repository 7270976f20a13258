from django.urls import path

from .consumers import Doorkeeper

websocket_urlpatterns = [path("ws/door/", Doorkeeper.as_asgi())]
