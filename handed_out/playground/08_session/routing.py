from django.urls import path

from .consumers import Visits

websocket_urlpatterns = [path("ws/visits/", Visits.as_asgi())]
