from django.urls import path

from .consumers import WhoAmI

websocket_urlpatterns = [path("ws/me/", WhoAmI.as_asgi())]
