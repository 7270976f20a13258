"""The front door: which scope type goes where, and through which layers."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandbox_server.settings")
django_application = get_asgi_application()  # sets Django up: what imports models comes after it

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import OriginValidator  # noqa: E402
from django.conf import settings  # noqa: E402
from django.urls import re_path  # noqa: E402
from starlette.middleware.cors import CORSMiddleware  # noqa: E402

from sandbox_server import sandboxes  # noqa: E402
from sandbox_server.consumer_mixins.lean_dispatch import LeanDispatch  # noqa: E402
from sandbox_server.consumer_mixins.shallow_json import ShallowJson  # noqa: E402
from sandbox_server.consumer_mixins.subclassing import subclass_consumers  # noqa: E402
from sandbox_server.guards.unknown_path import refuse_unknown_path  # noqa: E402
from sandbox_server.observing import stream  # noqa: E402
from sandbox_server.observing.handlers import ObservedHandlers  # noqa: E402
from sandbox_server.observing.observer import Observer  # noqa: E402
from sandbox_server.strangers import auth_middleware_stack  # noqa: E402

http = URLRouter([*sandboxes.collect("http_applications"), re_path("", django_application)])
mixins = (ObservedHandlers, LeanDispatch) if settings.LEAN_DISPATCH else (ObservedHandlers,)
consumers = subclass_consumers(sandboxes.collect("websocket_urlpatterns"), *mixins, ShallowJson)
websocket = URLRouter([*consumers, *stream.websocket_urlpatterns, re_path("", refuse_unknown_path)])

application = ProtocolTypeRouter(
    {
        "http": CORSMiddleware(
            http,
            allow_origins=settings.SANDBOX_ORIGINS,
            allow_credentials=True,
            allow_headers=["content-type", "x-csrftoken"],
            allow_methods=["GET", "POST"],
        ),
        "websocket": Observer(OriginValidator(auth_middleware_stack(websocket), settings.SANDBOX_ORIGINS)),
    }
)
