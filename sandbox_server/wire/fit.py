"""Gives the consumers of some routes what this server adds to every consumer, without a word of it in them.

A consumer's class stays as it was written; what runs is a subclass of it made here, with mixins in front.
"""

from __future__ import annotations

from typing import Any

from channels.routing import URLRouter


def fit(routes: list[Any], *mixins: type) -> list[Any]:
    """The same routes, their consumers subclassed with the mixins; nested URLRouters included.

    What is not a consumer (a bare ASGI function, other middleware) is left alone.
    """
    for route in routes:
        application = route.callback
        if isinstance(application, URLRouter):
            fit(application.routes, *mixins)
        elif consumer := getattr(application, "consumer_class", None):
            fitted: Any = type(consumer.__name__, (*mixins, consumer), {"__module__": consumer.__module__})
            route.callback = fitted.as_asgi(**application.consumer_initkwargs)
    return routes
