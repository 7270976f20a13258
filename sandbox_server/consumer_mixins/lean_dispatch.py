"""Spares a message what Channels has it pay for a database, a channel layer and a session that it does not use.

Before each handler, Channels 4.3 awaits `aclose_old_connections()`: a job in the one thread that all of a process's
`sync_to_async` shares, where one visitor's slow query holds up every other visitor's echo. It waits for each message
in a task made for it, so as to wait for the channel layer too, also where there is none. And SessionMiddleware asks
the session with each message sent whether it was modified, though only HTTP responses save it. Here instead:

- The job is queued but not awaited, and only while some connection of that thread is open. The thread takes its jobs
  in order: whatever a handler asks of the database comes after the closing of what was open when its message
  arrived, as in Channels. A handler that asks nothing of the thread waits for nobody.
- A consumer without a channel layer awaits its only source itself. With a layer, Channels' own loop runs.
- What it sends over a WebSocket goes past the session.

In doubt it is done Channels' way: for consumers that define `dispatch` or `__call__` themselves (every SyncConsumer
does), and where `sync_to_async` goes to another thread than the shared one.

Upstream could do the same without a subclass: in `AsyncConsumer.dispatch`, in `await_many_dispatch`, and by looking at
the message's type first in `InstanceSessionWrapper.send`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from time import perf_counter
from typing import Any, ClassVar

from asgiref.sync import AsyncToSync, SyncToAsync
from channels.consumer import AsyncConsumer, get_handler_name
from channels.exceptions import StopConsumer
from channels.layers import get_channel_layer
from channels.sessions import InstanceSessionWrapper
from django.db import close_old_connections, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from sandbox_server.limits import CONSUMER_TURN_SECONDS

logger = logging.getLogger(__name__)


class SharedThread:
    """What the event loop needs to know of the thread that all of `sync_to_async` shares."""

    def __init__(self) -> None:
        self.databases: Sequence[BaseDatabaseWrapper] | None = None  # Django makes one per alias, for the thread's life
        self.closing_queued = False

    def queue_closing(self) -> None:
        """Have old connections closed before anything that is asked of the thread from now on."""
        if not self.closing_queued and self.may_be_connected():
            self.closing_queued = True
            SyncToAsync.single_thread_executor.submit(self.close)

    def may_be_connected(self) -> bool:
        """Whether a connection is open, as far as can be seen from here."""
        return self.databases is None or any(database.connection is not None for database in self.databases)

    def close(self) -> None:
        """Runs in the thread. Messages that arrive from here on need a closing of their own."""
        self.closing_queued = False
        try:
            self.databases = connections.all()
            close_old_connections()
        except Exception:
            logger.exception("Closing old database connections failed")


shared_thread = SharedThread()


def is_used_here() -> bool:
    """Whether `sync_to_async` goes to the shared thread when awaited here (the choice in SyncToAsync.__call__)."""
    return (
        SyncToAsync.thread_sensitive_context.get(None) is None
        and getattr(AsyncToSync.executors, "current", None) is None
        and asyncio.get_running_loop() not in AsyncToSync.loop_thread_executors
    )


def past_the_session(send: Any) -> Any:
    """The `send` behind SessionMiddleware's, unless that one saves sessions with more than HTTP responses."""
    wrapper = getattr(send, "__self__", None)
    if type(wrapper) is InstanceSessionWrapper and all(kind.startswith("http.") for kind in wrapper.save_message_types):
        return wrapper.real_send
    return send


class LeanDispatch(AsyncConsumer):
    """A mixin that stands in front of a consumer's class, and behind mixins that override the same methods."""

    _call_is_channels_own: ClassVar[bool]
    _dispatch_is_channels_own: ClassVar[bool]
    _uses_shared_thread = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        consumer: Any = super()
        cls._call_is_channels_own = consumer.__call__ is AsyncConsumer.__call__
        cls._dispatch_is_channels_own = consumer.dispatch is AsyncConsumer.dispatch

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """AsyncConsumer's, for a single source of messages."""
        self._uses_shared_thread = is_used_here()
        own = self._call_is_channels_own and self._dispatch_is_channels_own
        if not own or get_channel_layer(self.channel_layer_alias) is not None:
            await super().__call__(scope, receive, send)
            return
        self.scope, self.channel_layer = scope, None  # type: ignore[assignment]
        self.base_send = past_the_session(send) if scope["type"] == "websocket" else send
        spent = 0.0
        try:
            while True:
                message = await receive()
                began = perf_counter()
                await self.dispatch(message)
                spent += perf_counter() - began
                if spent > CONSUMER_TURN_SECONDS:
                    await asyncio.sleep(0)
                    spent = 0.0
        except StopConsumer:
            return

    async def dispatch(self, message: dict[str, Any]) -> None:
        """AsyncConsumer's, without waiting for the shared thread."""
        if not (self._dispatch_is_channels_own and self._uses_shared_thread):
            await super().dispatch(message)
            return
        handler = getattr(self, get_handler_name(message), None)
        if not handler:
            raise ValueError(f"No handler for message type {message['type']}")
        shared_thread.queue_closing()
        await handler(message)
