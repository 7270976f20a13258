"""The same news in three ways: asked for again and again, as server-sent events, and over a WebSocket."""

from django.urls import path

from sandbox_server.sandboxes.news.consumer import NewsConsumer
from sandbox_server.sandboxes.news.newsroom import news
from sandbox_server.sandboxes.news.stream import stream_news

urlpatterns = [path("news/", news), path("news/stream/", stream_news)]
websocket_urlpatterns = [path("ws/news/", NewsConsumer.as_asgi())]
