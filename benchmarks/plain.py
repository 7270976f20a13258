"""What Channels' tutorial leads to, with an echo: its front door, its user, SQLite. No channel layer but where
BENCHMARK_LAYER names one's class, and BENCHMARK_REDIS where its Redis is. One page, if BENCHMARK_PAGE names its file.
"""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.asgi import get_asgi_application

LAYER = os.environ.get("BENCHMARK_LAYER")
HOSTS = os.environ.get("BENCHMARK_REDIS")
PAGE = os.environ.get("BENCHMARK_PAGE")

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["BENCHMARK_DATABASE"]}},
    CHANNEL_LAYERS={"default": {"BACKEND": LAYER, "CONFIG": {"hosts": [HOSTS]} if HOSTS else {}}} if LAYER else {},
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="benchmark",
    USE_TZ=True,
)
django_application = get_asgi_application()

from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402

from benchmarks.consumers import BlockingConsumer, EchoConsumer, GroupConsumer  # noqa: E402

HTML = Path(PAGE).read_bytes() if PAGE else b""


async def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(HTML)


urlpatterns = [path("page.html", page)]
websocket_urlpatterns: Any = [
    path("ws/echo/", EchoConsumer.as_asgi()),  # type: ignore[arg-type]
    path("ws/block/", BlockingConsumer.as_asgi()),  # type: ignore[arg-type]
    path("ws/group/", GroupConsumer.as_asgi()),  # type: ignore[arg-type]
]

application = ProtocolTypeRouter(
    {
        "http": django_application,
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),
    }
)
