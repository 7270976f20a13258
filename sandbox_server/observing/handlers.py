"""What an observed consumer does: the scope that it got, and each of its handlers as it runs."""

from __future__ import annotations

import inspect
import time
from functools import wraps
from typing import Any

from channels.consumer import AsyncConsumer

from sandbox_server.observing.observer import current, record_scope, server_keys
from sandbox_server.observing.recording import Recording

LIFECYCLE = ("connect", "receive", "receive_json", "disconnect")


class ObservedHandlers(AsyncConsumer):
    """Records, on an observed connection, the scope as the consumer gets it and each handler that runs.

    A mixin: it stands in front of a consumer's class, and the last of its subclass's bases is the class as written.
    """

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        recording = current.get()
        if recording is not None:
            record_scope(recording, "consumer", scope, before=server_keys.get())
            for name in handler_names(type(self).__bases__[-1]):
                setattr(self, name, recorded(recording, getattr(self, name)))
        await super().__call__(scope, receive, send)


def handler_names(consumer: type) -> list[str]:
    """The methods of a consumer's lifecycle, and those that its own classes add."""
    own = [klass for klass in consumer.__mro__ if not klass.__module__.startswith("channels.")]
    added = [
        name
        for klass in own
        for name, value in vars(klass).items()
        if inspect.isfunction(value) and not name.startswith("_") and klass is not object
    ]
    return list(dict.fromkeys([name for name in LIFECYCLE if hasattr(consumer, name)] + added))


def recorded(recording: Recording, handler: Any) -> Any:
    """A handler that is recorded when it begins and when it ends."""
    name = handler.__func__.__qualname__

    def began() -> float:
        recording.add("consumer", "handler", handler=name)
        return time.perf_counter()

    def ended(start: float) -> None:
        recording.add("consumer", "handler.end", handler=name, took=(time.perf_counter() - start) * 1000)

    if inspect.iscoroutinefunction(handler):

        @wraps(handler)
        async def run(*args: Any, **kwargs: Any) -> Any:
            start = began()
            try:
                return await handler(*args, **kwargs)
            finally:
                ended(start)

        return run

    @wraps(handler)
    def run_sync(*args: Any, **kwargs: Any) -> Any:
        start = began()
        try:
            return handler(*args, **kwargs)
        finally:
            ended(start)

    return run_sync
