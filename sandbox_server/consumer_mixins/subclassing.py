"""Subclasses the consumers of some routes with mixins, so that none of them need say a word of it.

A consumer's class stays as it was written; what runs is a subclass of it made here, with mixins in front: the last
of its bases is the class as written.
"""

from __future__ import annotations

from copy import copy
from typing import Any

from channels.middleware import BaseMiddleware
from channels.routing import URLRouter
from channels.sessions import CookieMiddleware, SessionMiddleware

MIDDLEWARE = (BaseMiddleware, CookieMiddleware, SessionMiddleware)
"""What wraps another application and calls it `inner`."""


def subclass_consumers(routes: list[Any], *mixins: type) -> list[Any]:
    """Routes like these, their consumers subclassed with the mixins, inside nested URLRouters and middleware too.

    What is not a consumer (a bare ASGI function, say) is left alone. The routes given stay as they are: they are a
    module's own, and may be asked for again.
    """
    return [with_attribute(route, callback=with_mixins(route.callback, mixins)) for route in routes]


def with_mixins(application: Any, mixins: tuple[type, ...]) -> Any:
    """One application, or the consumer at its core, with the mixins."""
    if isinstance(application, URLRouter):
        return with_attribute(application, routes=subclass_consumers(application.routes, *mixins))
    if isinstance(application, MIDDLEWARE):
        return with_attribute(application, inner=with_mixins(application.inner, mixins))
    if consumer := getattr(application, "consumer_class", None):
        subclass: Any = type(consumer.__name__, (*mixins, consumer), {"__module__": consumer.__module__})
        return subclass.as_asgi(**application.consumer_initkwargs)
    return application


def with_attribute(of: Any, **attribute: Any) -> Any:
    """A copy that differs in it."""
    changed = copy(of)
    vars(changed).update(attribute)
    return changed
