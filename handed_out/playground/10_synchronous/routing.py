from django.urls import path

from .consumers import Announcer

websocket_urlpatterns = [path("ws/news/", Announcer.as_asgi())]
