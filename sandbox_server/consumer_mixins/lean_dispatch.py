"""Spares a message what Channels has it pay for a database, a channel layer and a session that it does not use.

Before each handler, Channels 4.3 awaits `aclose_old_connections()`: a job in the one thread that all of a process's
`sync_to_async` shares, where one visitor's slow query holds up every other visitor's echo. It waits for each message
in a task made for it, so as to wait for the channel layer too, also where there is none. And SessionMiddleware asks
the session with each message sent whether it was modified, though only HTTP responses save it. Here instead:

- The job is queued but not awaited, and only while some connection of that thread is open. The thread takes its jobs
  in order: whatever a handler asks of the database comes after the closing of what was open when its message
  arrived, as in Channels. A handler that asks nothing of the thread waits for nobody.
- A consumer without a channel layer awaits its only source itself. With a layer, each of its two sources has one task
  for the consumer's life, and they take turns: still one message at a time.
- What it sends over a WebSocket goes past the session.

What that is worth: in one process, without a server, an echo takes a seventh of the time that it takes in Channels
(half of it with Channels' own loop for a single source), and none of it while others keep the thread busy.

In doubt it is done Channels' way: for consumers that define `dispatch` or `__call__` themselves (every SyncConsumer
does), and in whichever thread asgiref chooses. When a WebSocket has ended, Channels' own handler of that awaits a
closing once more: that stays.

`settings.LEAN_DISPATCH` turns it off, `make canary` says whether it still fits what is newest, and
upstream/channels-dispatch.md offers it to Channels.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from contextvars import copy_context
from functools import partial
from time import perf_counter
from typing import Any, ClassVar

from asgiref.sync import sync_to_async
from channels.consumer import AsyncConsumer, get_handler_name
from channels.exceptions import StopConsumer
from channels.layers import get_channel_layer
from channels.sessions import InstanceSessionWrapper
from django.db import close_old_connections, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from sandbox_server.limits import CONSUMER_TURN_SECONDS

logger = logging.getLogger(__name__)


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
    _databases: Sequence[BaseDatabaseWrapper] | None = None  # the thread's: Django makes them once, for its life
    _closing: asyncio.Task[None]  # the event loop itself keeps only a weak reference
    _closing_queued = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        consumer: Any = super()
        cls._call_is_channels_own = consumer.__call__ is AsyncConsumer.__call__
        cls._dispatch_is_channels_own = consumer.dispatch is AsyncConsumer.dispatch

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """AsyncConsumer's, without a task for each message."""
        if not self._call_is_channels_own or not self._dispatch_is_channels_own:
            await super().__call__(scope, receive, send)
            return
        self.scope = scope
        self.base_send = past_the_session(send) if scope["type"] == "websocket" else send
        layer: Any = get_channel_layer(self.channel_layer_alias)
        self.channel_layer = layer
        try:
            if layer is None:
                await self._take_all(receive, nullcontext())
            else:
                self.channel_name = await layer.new_channel()
                self.channel_receive = partial(layer.receive, self.channel_name)
                await self._take_turns(receive, self.channel_receive)
        except StopConsumer:
            return

    async def _take_turns(self, *sources: Callable[[], Awaitable[Any]]) -> None:
        """Until one of them stops the consumer or fails. They share a context: what a handler sets in it, all find."""
        turn, context = asyncio.Lock(), copy_context()
        loop = asyncio.get_running_loop()
        tasks = [loop.create_task(self._take_all(source, turn), context=context) for source in sources]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _take_all(self, source: Callable[[], Awaitable[Any]], turn: AbstractAsyncContextManager[Any]) -> None:
        """One message after the other; others have their turn on the event loop after a while of work."""
        spent = 0.0
        while True:
            message = await source()
            async with turn:
                began = perf_counter()
                await self.dispatch(message)
                spent += perf_counter() - began
            if spent > CONSUMER_TURN_SECONDS:
                await asyncio.sleep(0)
                spent = 0.0

    async def dispatch(self, message: dict[str, Any]) -> None:
        """AsyncConsumer's, without waiting for the thread."""
        handler = getattr(self, get_handler_name(message), None) if self._dispatch_is_channels_own else None
        if handler is None:
            await super().dispatch(message)
            return
        if not self._closing_queued and self._may_be_connected():
            self._closing_queued = True
            self._closing = asyncio.ensure_future(self._close())
            await asyncio.sleep(0)  # it takes its first step: from now on it stands in the thread's queue
        await handler(message)

    def _may_be_connected(self) -> bool:
        """Whether a connection is open in the thread, as far as can be seen from here."""
        return self._databases is None or any(database.connection is not None for database in self._databases)

    @sync_to_async
    def _close(self) -> None:
        """Runs in the thread that asgiref chooses for this consumer. A message that comes now needs another closing."""
        self._closing_queued = False
        try:
            self._databases = connections.all()
            close_old_connections()
        except Exception:
            logger.exception("Closing old database connections failed")
