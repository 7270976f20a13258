"""What may wait in this process for one connection, in either direction. Plain Daphne sets no bound (daphne#170).

Both directions use the transport's public producer interface: it says when it has more to write than it
likes, and it can be told to stop reading, which TCP then tells the client.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any

from daphne.ws_protocol import WebSocketProtocol

from sandbox_server.hardened_daphne.budget import Budget
from sandbox_server.hardened_daphne.limits import (
    KERNEL_BUFFER_BYTES,
    PING_BURST,
    PINGS_PER_SECOND,
    QUEUED_MESSAGES,
    STALLED_SECONDS,
    UNREAD_BYTES,
)


class Output:
    """What a client has not read yet: to the transport, the producer of what it writes (Twisted's IPushProducer)."""

    def __init__(self, transport: Any) -> None:
        self.transport = transport
        self.room = asyncio.Event()
        self.room.set()
        self.waiting = 0
        self.end: asyncio.TimerHandle | None = None

    def pauseProducing(self) -> None:
        """The transport's buffer is full. It says so again at each further write."""
        if self.room.is_set():
            self.room.clear()
            self.waiting = self.transport.bufferSize
            self.end_if_stalled()

    def resumeProducing(self) -> None:
        """The transport has written everything."""
        self.room.set()
        if self.end is not None:
            self.end.cancel()
            self.end = None

    def stopProducing(self) -> None:
        """The connection is gone: nobody need wait any longer."""
        self.resumeProducing()

    def end_if_stalled(self) -> None:
        """Cut the connection unless the transport writes everything in time."""
        if self.end is None:
            self.end = asyncio.get_running_loop().call_later(STALLED_SECONDS, self.transport.abortConnection)

    def count(self, length: int) -> None:
        """What is written to a full buffer, by consumers that do not wait for their sends, is counted."""
        if not self.room.is_set():
            self.waiting += length
            if self.waiting > UNREAD_BYTES:
                self.transport.abortConnection()


class Flow(WebSocketProtocol):  # type: ignore[misc]
    """A connection whose queues are bounded."""

    held = False
    """Whether the consumer's queue is full, so that nothing is read."""

    def connectionMade(self) -> None:
        """Take the place of Daphne's HTTP channel, which the transport still tells when to pause."""
        super().connectionMade()
        self.pings = Budget(PINGS_PER_SECOND, PING_BURST)
        self.output = Output(self.transport)
        self.transport.getHandle().setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER_BYTES)
        self.transport.unregisterProducer()
        self.transport.registerProducer(self.output, True)

    def sendData(self, data: bytes, sync: bool = False, chopsize: int | None = None) -> None:
        """Every byte that is sent comes by here. autobahn would go on to colour a line for a log that nobody keeps,
        which takes longer than the writing; `sync` and `chopsize`, for its own test suite, nobody uses.
        """
        self.output.count(len(data))
        self.transport.write(data)

    def dropConnection(self, abort: bool = False) -> None:
        """What is written last must be read in time, too: the transport waits for it before it closes."""
        super().dropConnection(abort)
        self.output.end_if_stalled()

    def onClose(self, wasClean: bool, code: int | None, reason: str | None) -> None:
        self.output.stopProducing()
        super().onClose(wasClean, code, reason)

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        """Queue a message for the consumer, and stop reading if that fills its queue."""
        super().onMessage(payload, isBinary)
        if not self.muted and self.application_queue.qsize() >= QUEUED_MESSAGES:
            self.held = True
            self.transport.pauseProducing()

    def processData(self) -> bool:
        """One frame of what has been read. The network brings many small ones at a time: they stop here."""
        return not self.held and super().processData()

    async def take(self) -> Any:
        """The consumer's `receive`."""
        event = await self.application_queue.get()
        if self.held and self.application_queue.qsize() <= QUEUED_MESSAGES // 2:
            self.held = False
            asyncio.get_running_loop().call_soon(self.read_on)
        return event

    def read_on(self) -> None:
        """Go on with what has been read already, and if that does not fill the queue again, with the network."""
        self.consumeData()
        if not self.held:
            self.transport.resumeProducing()

    def onPing(self, payload: bytes) -> None:
        """Answer, within the budget. A flood of pings whose answers are never read would fill the memory."""
        if self.pings.spend():
            super().onPing(payload)
        else:
            self._fail_connection(1008, "too many pings")
