"""Subclasses the consumers of some routes with mixins, so that none of them need say a word of it.

A consumer's class stays as it was written; what runs is a subclass of it made here, with mixins in front: the last
of its bases is the class as written.
"""

from __future__ import annotations

from typing import Any

from channels.middleware import BaseMiddleware
from channels.routing import URLRouter
from channels.sessions import CookieMiddleware, SessionMiddleware

MIDDLEWARE = (BaseMiddleware, CookieMiddleware, SessionMiddleware)
"""What wraps another application and calls it `inner`."""


def subclass_consumers(routes: list[Any], *mixins: type) -> list[Any]:
    """The same routes, their consumers subclassed with the mixins, inside nested URLRouters and middleware too.

    What is not a consumer (a bare ASGI function, say) is left alone.
    """
    for route in routes:
        route.callback = with_mixins(route.callback, mixins)
    return routes


def with_mixins(application: Any, mixins: tuple[type, ...]) -> Any:
    """One application, or the consumer at its core, with the mixins."""
    if isinstance(application, URLRouter):
        subclass_consumers(application.routes, *mixins)
    elif isinstance(application, MIDDLEWARE):
        application.inner = with_mixins(application.inner, mixins)
    elif consumer := getattr(application, "consumer_class", None):
        subclass: Any = type(consumer.__name__, (*mixins, consumer), {"__module__": consumer.__module__})
        return subclass.as_asgi(**application.consumer_initkwargs)
    return application
