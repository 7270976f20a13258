"""The front door: HTTP goes to Django, WebSockets to the consumers."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")
django_application = get_asgi_application()  # sets Django up: what imports models comes after it

from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from django.urls import re_path  # noqa: E402

from sandbox_server import sandboxes  # noqa: E402
from sandbox_server.guards.unknown_path import refuse_unknown_path  # noqa: E402

websocket = URLRouter([*sandboxes.collect("websocket_urlpatterns"), re_path("", refuse_unknown_path)])

application = ProtocolTypeRouter(
    {
        "http": URLRouter([*sandboxes.collect("http_applications"), re_path("", django_application)]),
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(websocket)),
    }
)
