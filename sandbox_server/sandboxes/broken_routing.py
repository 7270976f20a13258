"""The ways a router fails, behind a router of their own that fails as it would in a project of yours.

The first two routes under `ws/plain/` are right. Each of the others holds one mistake.
"""

from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import URLRouter
from django.urls import include, path, re_path, resolve

from sandbox_server.sandboxes.routing import to


def middleware(application: Any) -> Any:
    """ASGI middleware that does nothing. That a router stands inside it cannot be seen from outside."""

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        await application(scope, receive, send)

    return wrapped


class EchoConsumer(AsyncWebsocketConsumer):
    """Its route below forgets `.as_asgi()`."""


class LookUpConsumer(AsyncWebsocketConsumer):
    """Asks Django for the view of a page that does not exist, and leaves Resolver404 uncaught."""

    async def connect(self) -> None:
        resolve("/no-such-page/")


async def router_with_include(scope: Any, receive: Any, send: Any) -> None:
    """Builds a router when a connection comes, for you to see it fail. In asgi.py the server would not start."""
    await URLRouter([path("chat/", include([path("", to("a room"))]))])(scope, receive, send)


# --8<-- [start:routes]
room = URLRouter([path("room/", to("a room"))])

plain = URLRouter(
    [
        path("ws/plain/room/", to("a room")),
        re_path(r"^ws/plain/mended/", middleware(room)),
        path("ws/plain/middleware/", middleware(room)),
        path("/ws/plain/slash/", to("a slash in front")),
        path("ws/plain/class/", EchoConsumer),
        path("ws/plain/include/", router_with_include),
        path("ws/plain/lookup/", LookUpConsumer.as_asgi()),
    ]
)
# --8<-- [end:routes]


async def as_outermost(scope: Any, receive: Any, send: Any) -> None:
    """Takes the outer router's traces off the scope, so that `plain` believes that it stands alone."""
    scope = {key: value for key, value in scope.items() if key not in ("path_remaining", "url_route")}
    await plain(scope, receive, send)


websocket_urlpatterns = [re_path(r"^ws/plain/", as_outermost)]
