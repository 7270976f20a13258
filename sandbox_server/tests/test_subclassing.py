"""Consumers get their mixins wherever they stand in the routes, and lose nothing by it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, cast

import pytest
from channels.auth import AuthMiddlewareStack
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.middleware import BaseMiddleware
from channels.routing import URLRouter
from channels.sessions import CookieMiddleware
from django.urls import path

from sandbox_server.consumer_mixins.subclassing import subclass_consumers
from sandbox_server.tests.conversation import open_

pytestmark = pytest.mark.usefixtures("project")


class Mixin:
    """What every consumer is to get."""


def test_routes_keep_what_they_pass_on() -> None:
    """Nested routers, a route's own arguments and those of as_asgi() arrive in the consumer."""

    class Telling(AsyncWebsocketConsumer):
        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

        async def connect(self) -> None:
            await self.accept()
            await self.send(text_data=f"{type(self).__name__} {self.name} {self.scope['url_route']['kwargs']}")

    inner: Any = [path("<int:order>/", Telling.as_asgi(name="Telly"), {"colour": "red"})]  # type: ignore[arg-type]
    outer: Any = [path("shops/<slug:shop>/", URLRouter(inner))]  # type: ignore[arg-type]
    router = URLRouter(subclass_consumers(outer, Mixin))

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await router(cast(Any, {**scope, "path": "/shops/acme/7/"}), receive, send)

    async def scenario() -> None:
        conversation = open_(application)
        assert await conversation.hear() == "Telling Telly {'shop': 'acme', 'order': 7, 'colour': 'red'}"
        await conversation.finish()

    asyncio.run(scenario())


@pytest.mark.parametrize("wrap", [AuthMiddlewareStack, BaseMiddleware, CookieMiddleware])
def test_a_consumer_behind_middleware_gets_the_mixins_too(wrap: Callable[[Any], Any]) -> None:
    """What stands in front of a consumer does not keep its reader from seeing it."""

    class Behind(AsyncWebsocketConsumer):
        pass

    routes: Any = [path("a/", wrap(URLRouter([path("", wrap(Behind.as_asgi()))])))]
    application: Any = subclass_consumers(routes, Mixin)[0].callback
    while not hasattr(application, "consumer_class"):
        application = getattr(application, "inner", None) or application.routes[0].callback
    assert application.consumer_class.__mro__[1:3] == (Mixin, Behind)
