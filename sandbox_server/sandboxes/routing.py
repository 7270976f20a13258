"""Several routes to one consumer that answers with the route that matched and the kwargs it was given."""

from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.routing import URLRouter
from django.urls import path, re_path


# --8<-- [start:consumer]
class RouteConsumer(AsyncJsonWebsocketConsumer):
    def __init__(self, route: str) -> None:
        super().__init__()
        self.route = route

    async def connect(self) -> None:
        kwargs = self.scope["url_route"]["kwargs"]
        await self.accept()
        await self.send_json(
            {
                "route": self.route,
                "kwargs": {name: [value, type(value).__name__] for name, value in kwargs.items()},
                "args": self.scope["url_route"]["args"],
            }
        )


# --8<-- [end:consumer]


def to(route: str) -> Any:
    """The consumer, told under which name it stands in the list below."""
    return RouteConsumer.as_asgi(route=route)


# --8<-- [start:routes]
shop = URLRouter(
    [
        path("orders/<int:order>/", to("shop orders")),
        path("orders/<slug:order>/", to("shop orders by name")),
    ]
)

websocket_urlpatterns = [
    path("ws/route/", to("the list itself")),
    path("ws/route/rooms/<slug:room>/", to("a room")),
    path("ws/route/rooms/lobby/", to("the lobby, which no path ever reaches")),
    path("ws/route/shops/<str:shop>/", shop),
    # --8<-- [start:comparison]
    path("ws/route/path/<int:id>/", to("path, int")),
    path("ws/route/path/<slug:room>/", to("path, slug")),
    re_path(r"^ws/route/re_path/(?P<id>\d+)/$", to("re_path, digits")),
    re_path(r"^ws/route/re_path/(?P<room>\w+)/$", to("re_path, word characters")),
    re_path(r"ws/route/loose/(?P<room>\w+)", to("re_path without ^ and $")),
    re_path(r"^ws/route/mixed/(?P<room>\w+)/(\d+)/$", to("re_path, one group named and one not")),
    # --8<-- [end:comparison]
]
# --8<-- [end:routes]
