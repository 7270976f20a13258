"""`python -m benchmarks.unwatched --port=PORT`: the house without its observer, put together from the same parts.

It shows what having an observer installed costs where nobody observes. Compare it with `sandbox_server/asgi.py`.
"""

from sandbox_server.hardened_daphne.server import Server  # isort: skip  (first: it chooses Twisted's reactor)

import argparse
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandbox_server.settings")
django_application = get_asgi_application()  # sets Django up: what imports models comes after it

from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import OriginValidator  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from sandbox_server import sandboxes  # noqa: E402
from sandbox_server.consumer_mixins.lean_dispatch import LeanDispatch  # noqa: E402
from sandbox_server.consumer_mixins.subclassing import subclass_consumers  # noqa: E402
from sandbox_server.limits import BACKLOG_CONNECTIONS  # noqa: E402

websocket = URLRouter(subclass_consumers(sandboxes.collect("websocket_urlpatterns"), LeanDispatch))

application = ProtocolTypeRouter(
    {
        "http": django_application,
        "websocket": OriginValidator(AuthMiddlewareStack(websocket), settings.SANDBOX_ORIGINS),
    }
)


def main() -> None:
    parser = argparse.ArgumentParser("python -m benchmarks.unwatched")
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args().port
    call_command("migrate", verbosity=0)
    endpoint = f"tcp:{port}:interface=127.0.0.1:backlog={BACKLOG_CONNECTIONS}"
    Server(application, endpoints=[endpoint], server_name="").run()


if __name__ == "__main__":
    main()
