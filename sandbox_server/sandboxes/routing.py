"""Several routes to one consumer that answers with the route that led to it and what the routes captured."""

from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.routing import URLRouter
from django.urls import path


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


def to(route: str) -> Any:
    """Where a route leads: to RouteConsumer, which is told what its route is called."""
    return RouteConsumer.as_asgi(route=route)


shop = URLRouter(
    [
        path("orders/<int:order>/", to("an order by number")),
        path("orders/<slug:order>/", to("an order by name")),
    ]
)

websocket_urlpatterns = [
    path("ws/route/", to("the list itself")),
    path("ws/route/rooms/<slug:room>/", to("a room")),
    path("ws/route/rooms/lobby/", to("the lobby, which no path reaches")),
    path("ws/route/shops/<str:shop>/", shop),
    path("ws/route/shops/<path:page>", to("any other page of a shop")),
    path("/ws/route/slash/", to("a slash in front, which no path reaches")),
    path("ws/route/bare", to("no slash at the end")),
]
