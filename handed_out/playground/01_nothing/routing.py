from django.urls import path

from .consumers import MyConsumer

websocket_urlpatterns = [path("ws/mine/", MyConsumer.as_asgi())]
