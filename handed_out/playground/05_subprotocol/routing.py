from django.urls import path

from .consumers import Versions

websocket_urlpatterns = [path("ws/versions/", Versions.as_asgi())]
