"""Five ways to fail, and what each looks like in a log that tells of every ASGI event."""

from django.urls import path

from sandbox_server.sandboxes.told.failing import (
    ClosingConsumer,
    FallingConsumer,
    NoAnswerConsumer,
    RaisingConsumer,
    RefusingConsumer,
    SilentConsumer,
)
from sandbox_server.sandboxes.told.log import LogConsumer, ToldTrace
from sandbox_server.sandboxes.told.working import WorkingConsumer

websocket_urlpatterns = [
    path("ws/told/", LogConsumer.as_asgi()),
    path("ws/told/<slug:log>/no-answer/", ToldTrace(NoAnswerConsumer.as_asgi())),
    path("ws/told/<slug:log>/refusing/", ToldTrace(RefusingConsumer.as_asgi())),
    path("ws/told/<slug:log>/raising/", ToldTrace(RaisingConsumer.as_asgi())),
    path("ws/told/<slug:log>/closing/", ToldTrace(ClosingConsumer.as_asgi())),
    path("ws/told/<slug:log>/silent/", ToldTrace(SilentConsumer.as_asgi())),
    path("ws/told/<slug:log>/falling/", ToldTrace(FallingConsumer.as_asgi())),
    path("ws/told/<slug:log>/working/", ToldTrace(WorkingConsumer.as_asgi())),
]
