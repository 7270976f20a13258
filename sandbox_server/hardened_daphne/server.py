"""Daphne's server made fit for the public: which classes it is made of, and what becomes of its applications."""

from __future__ import annotations

import daphne.server  # isort: skip  (first: it chooses Twisted's reactor)

import asyncio
import logging
import os
import re
import socket
from collections.abc import Callable
from contextvars import Context
from functools import partial
from time import monotonic
from types import SimpleNamespace
from typing import Any

from daphne.http_protocol import HTTPFactory
from daphne.ws_protocol import WebSocketFactory
from twisted.internet.defer import Deferred
from twisted.internet.endpoints import AdoptedStreamServerEndpoint, serverFromString

from sandbox_server.hardened_daphne.channel import Channel
from sandbox_server.hardened_daphne.descriptors import tell_when_used_up
from sandbox_server.hardened_daphne.events import DROP, EXTENSION
from sandbox_server.hardened_daphne.faults import tell_faults
from sandbox_server.hardened_daphne.graceful_shutdown import hear_signals, shut_down
from sandbox_server.hardened_daphne.pacing import Pace
from sandbox_server.hardened_daphne.protocol import WebSocketProtocol
from sandbox_server.hardened_daphne.request import Request
from sandbox_server.hardened_daphne.spare_memory import give_back_at_intervals
from sandbox_server.limits import PONG_SECONDS
from sandbox_server.tally import tally

logger = logging.getLogger("daphne.server")


class Server(daphne.server.Server):  # type: ignore[misc]
    """To change what a request or a connection does, subclass this and name other classes."""

    request_class = Request
    protocol_class = WebSocketProtocol

    shutting_down = False
    """Whether the process was told to end: then a new handshake is refused."""

    def __init__(self, *args: Any, visitor_at: Callable[[str], str] | None = None, **kwargs: Any) -> None:
        """Without Daphne's bounds of 1 MiB, which would hold where MESSAGE_BYTES says more: closing.py has ours.

        `visitor_at` tells whose a connection from an address is, for those whose pace is to be bounded; "" if nobody's.
        """
        self.visitor_at = visitor_at
        super().__init__(
            *args, ping_timeout=PONG_SECONDS, websocket_max_message_size=0, websocket_max_frame_size=0, **kwargs
        )

    def run(self) -> None:
        """Daphne's, which looks these names up in its own module."""
        daphne.server.HTTPFactory = RequestFactory
        daphne.server.WebSocketFactory = ProtocolFactory
        daphne.server.serverFromString = endpoint
        daphne.server.time = SimpleNamespace(time=monotonic)  # by which it measures how long an application may take
        daphne.server.reactor.callWhenRunning(tell_when_used_up)
        daphne.server.reactor.callWhenRunning(tell_faults)
        daphne.server.reactor.callWhenRunning(hear_signals)  # Twisted has set its own handlers then
        daphne.server.reactor.callWhenRunning(give_back_at_intervals)
        super().run()

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """In a context of its own. A connection that is kept reads its next request in the context in which the answer
        before was sent (asyncio keeps it for a reader): asgiref then finds the executor of a thread that has ended, and
        raises "CurrentThreadExecutor already quit or is broken".
        """
        return Context().run(self.begin_application, protocol, scope)

    def begin_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """As Daphne does, with the extensions that a WebSocket has here, a bounded `receive` and a prompt end."""
        if protocol not in self.connections:
            return None  # it has gone before its turn came
        queue: asyncio.Queue[Any] = asyncio.Queue()
        scope |= {"asgi": {"version": "3.0"}}
        if scope["type"] == "websocket":
            scope |= {"extensions": {EXTENSION: {}, DROP: {}}}
        receive = protocol.receive if scope["type"] == "websocket" else queue.get
        application = self.application(scope=scope, receive=receive, send=partial(self.send, protocol))
        self.connections[protocol]["application_instance"] = asyncio.ensure_future(application)
        self.connections[protocol]["application_instance"].add_done_callback(partial(self.application_ended, protocol))
        return queue

    async def send(self, protocol: WebSocketProtocol | Request, message: dict[str, Any]) -> None:
        """An application's `send`: returns when the client has read enough. A loop of sends goes at its pace."""
        await self.handle_reply(protocol, message)
        if protocol.write_buffer is not None:
            await protocol.write_buffer.writable.wait()

    def application_ended(self, protocol: Any, application: asyncio.Task[None]) -> None:
        """Deal with its exception at once. Daphne looks for it once a second, which then finds nothing left to do."""
        details = self.connections.get(protocol, {})
        if details.pop("application_instance", None) is None:
            return  # Daphne's look came first, and has dealt with it
        error = None if application.cancelled() else application.exception()
        if error is not None:
            tally.exceptions += 1
            logger.error("Exception inside application: %s", error, exc_info=error)
            if "disconnected" not in details:
                protocol.handle_exception(error)

    def kill_all_applications(self) -> Deferred[None]:
        """Called before Twisted's reactor stops; it waits for what is returned. Daphne cancels everything here."""
        self.shutting_down = True
        return Deferred.fromFuture(asyncio.ensure_future(shut_down(self.connections)))


def endpoint(reactor: Any, description: str) -> Any:
    """Twisted's; but a socket that is handed over says itself whether it is one of IPv4 or of IPv6."""
    if match := re.fullmatch(r"fd:fileno=(\d+)", description):
        with socket.socket(fileno=os.dup(int(match[1]))) as handed_over:
            return AdoptedStreamServerEndpoint(reactor, int(match[1]), handed_over.family)
    return serverFromString(reactor, description)


class RequestFactory(HTTPFactory):  # type: ignore[misc]
    """Builds HTTP connections, with an end to their patience, whose requests are of the server's class."""

    protocol = Channel

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pace = Pace()

    def buildProtocol(self, addr: Any) -> Any:
        """None: Twisted hangs up."""
        if (wait := self.seconds_to_wait(addr)) is None:
            return None
        channel = super().buildProtocol(addr)
        channel.requestFactory = self.server.request_class
        channel.wait = wait
        return channel

    def seconds_to_wait(self, addr: Any) -> float | None:
        visitor = self.server.visitor_at(addr.host) if self.server.visitor_at else ""
        return self.pace.seconds_to_wait(visitor) if visitor else 0


class ProtocolFactory(WebSocketFactory):  # type: ignore[misc]
    """Builds WebSocket connections of the server's class."""

    def __init__(self, server_class: Server, *args: Any, **kwargs: Any) -> None:
        """Daphne's name for the server itself is `server_class`."""
        super().__init__(server_class, *args, **kwargs)
        self.protocol = server_class.protocol_class

    def setProtocolOptions(self, *args: Any, **kwargs: Any) -> None:
        """What is the same for all connections stays on their class. autobahn copies thirty attributes to each of them,
        and writes them out for a log that nobody keeps: an eighth of a handshake's time, and 3 KiB.
        """
        super().setProtocolOptions(*args, **kwargs)
        every: Any = self.server_class.protocol_class
        shared = {name: getattr(every, name, getattr(self, name)) for name in every.CONFIG_ATTRS}
        kept = {name: staticmethod(value) if callable(value) else value for name, value in shared.items()}
        protocol: Any = type(every.__name__, (every,), {**kept, "CONFIG_ATTRS": ()})
        self.protocol = protocol
