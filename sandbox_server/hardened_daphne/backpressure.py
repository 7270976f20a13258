"""Backpressure: what may wait in this process for one connection, in either direction.

Plain Daphne sets no bound (daphne#170), neither over HTTP. Both directions use the transport's public producer
interface: it says when it has more to write than it likes, and it can be told to stop reading, which TCP then tells the
client.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any

from daphne.ws_protocol import WebSocketProtocol

from sandbox_server.limits import KERNEL_BUFFER_BYTES, QUEUED_MESSAGES, STALLED_SECONDS, UNREAD_BYTES
from sandbox_server.tally import tally


class WriteBuffer:
    """What a client has not read yet: to the transport, the producer of what it writes (Twisted's IPushProducer)."""

    def __init__(self, transport: Any, patience: float = STALLED_SECONDS) -> None:
        self.transport, self.patience = transport, patience
        self.writable = asyncio.Event()
        self.writable.set()
        self.unread_bytes = 0
        self.stall_timeout: asyncio.TimerHandle | None = None

    def pauseProducing(self) -> None:
        """The transport's buffer is full. It says so again at each further write."""
        if self.writable.is_set():
            self.writable.clear()
            self.unread_bytes = self.transport.bufferSize
            self.abort_if_stalled()

    def resumeProducing(self) -> None:
        """The transport has written everything."""
        self.writable.set()
        if self.stall_timeout is not None:
            self.stall_timeout.cancel()
            self.stall_timeout = None

    def stopProducing(self) -> None:
        """The connection is gone: nobody need wait any longer."""
        self.resumeProducing()

    def abort_if_stalled(self) -> None:
        """Abort the connection unless the transport writes everything in time."""
        if self.stall_timeout is None:
            loop = asyncio.get_running_loop()
            self.stall_timeout = loop.call_later(self.patience, self.cut, "stalled output")

    def cut(self, why: str) -> None:
        tally.limit_hit(why)
        self.transport.abortConnection()

    def count(self, length: int) -> None:
        """What is written to a full buffer, by consumers that do not wait for their sends, is counted."""
        if not self.writable.is_set():
            self.unread_bytes += length
            if self.unread_bytes > UNREAD_BYTES:
                self.cut("unread output")


def write_at_once(transport: Any, data: bytes) -> None:
    """Write what the kernel takes now, and leave the rest to the transport.

    Twisted's own `write` waits until the event loop has said that there is room: for each message two changes to what
    is polled and a turn of the loop, a third of what a delivery to a group's member costs. asyncio's transports try
    at once, too.
    """
    waiting = transport.dataBuffer or transport._tempDataBuffer
    if waiting or not transport.connected or transport.disconnecting:
        transport.write(data)
        return
    written = transport.writeSomeData(data)
    if not isinstance(written, int):
        transport.write(data)  # the connection is lost, which the transport finds and tells in its turn
    elif written < len(data):
        transport.write(data[written:])


class Backpressure(WebSocketProtocol):  # type: ignore[misc]
    """A connection whose buffers are bounded."""

    reading_paused = False
    """Whether the application's queue is full, so that nothing is read."""

    def connectionMade(self) -> None:
        """Take the place of Daphne's HTTP channel, which the transport still tells when to pause."""
        super().connectionMade()
        self.write_buffer = WriteBuffer(self.transport)
        self.transport.getHandle().setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER_BYTES)
        self.transport.unregisterProducer()
        self.transport.registerProducer(self.write_buffer, True)

    def sendData(self, data: bytes, sync: bool = False, chopsize: int | None = None) -> None:
        """Every byte that is sent comes by here. autobahn would go on to colour a line for a log that nobody keeps,
        which takes longer than the writing; `sync` and `chopsize`, for its own test suite, nobody uses.
        """
        self.write_buffer.count(len(data))
        write_at_once(self.transport, data)

    def dropConnection(self, abort: bool = False) -> None:
        """What is written last must be read in time, too: the transport waits for it before it closes."""
        super().dropConnection(abort)
        self.write_buffer.abort_if_stalled()

    def onClose(self, wasClean: bool, code: int | None, reason: str | None) -> None:
        self.write_buffer.stopProducing()
        super().onClose(wasClean, code, reason)

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        """Queue a message for the application, and stop reading if that fills its queue."""
        super().onMessage(payload, isBinary)
        if not self.muted and self.application_queue.qsize() >= QUEUED_MESSAGES:
            self.reading_paused = True
            self.transport.pauseProducing()

    def processData(self) -> bool:
        """One frame of what has been read. The network brings many small ones at a time: they stop here."""
        return not self.reading_paused and super().processData()

    async def receive(self) -> Any:
        """The application's `receive`; once half of a full queue is taken, reading goes on."""
        event = await self.application_queue.get()
        if self.reading_paused and self.application_queue.qsize() <= QUEUED_MESSAGES // 2:
            self.reading_paused = False
            asyncio.get_running_loop().call_soon(self.resume_reading)
        return event

    def resume_reading(self) -> None:
        """Go on with what has been read already, and if that does not fill the queue again, with the network."""
        self.consumeData()
        if not self.reading_paused:
            self.transport.resumeProducing()
