"""The sandboxes as a reader serves them: plain Channels on plain Daphne or uvicorn, and nothing of the house around it.

    daphne testing.plain_server:application
    uvicorn testing.plain_server:application

It is the `asgi.py` that Channels' documentation leads to. Nobody observes, no consumer gets a mixin, and no last route
refuses an unknown path: what the pages say of a line on another server is checked against this.
"""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandbox_server.settings")
django_application = get_asgi_application()

from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import OriginValidator  # noqa: E402
from django.conf import settings  # noqa: E402
from django.urls import re_path  # noqa: E402

from sandbox_server import sandboxes  # noqa: E402

websocket = URLRouter(sandboxes.collect("websocket_urlpatterns"))  # type: ignore[arg-type]

application = ProtocolTypeRouter(
    {
        "http": URLRouter([*sandboxes.collect("http_applications"), re_path("", django_application)]),  # type: ignore
        "websocket": OriginValidator(AuthMiddlewareStack(websocket), settings.SANDBOX_ORIGINS),
    }
)
