from django.urls import path

from .consumers import Divider

websocket_urlpatterns = [path("ws/divide/", Divider.as_asgi())]
