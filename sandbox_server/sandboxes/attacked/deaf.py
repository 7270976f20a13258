"""A client that sends and never reads. What the echo answers has to wait: in the kernel first, and then in the server.

No browser is one: it reads whatever comes. This one talks to this server's own echo, and nowhere else.
"""

import asyncio
import socket
from contextlib import suppress
from time import monotonic
from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer

from sandbox_server.guards.admission import Admission, Full, visitor_of
from sandbox_server.limits import (
    DEAF_BYTES,
    DEAF_CLIENTS,
    DEAF_CLIENTS_PER_VISITOR,
    DEAF_LOOK_SECONDS,
    DEAF_MESSAGES,
    DEAF_SECONDS,
)
from sandbox_server.sandboxes.raw_bytes import HANDSHAKE

NO_MASK = bytes(4)
MESSAGE = b"\x81\xfe" + DEAF_BYTES.to_bytes(2, "big") + NO_MASK + b"x" * DEAF_BYTES  # a whole text (RFC 6455, 5.2)
PING = b"\x89\x80" + NO_MASK
KEY = "dGhlIHNhbXBsZSBub25jZQ=="

deaf = Admission("clients that do not read", total=DEAF_CLIENTS, per_visitor=DEAF_CLIENTS_PER_VISITOR)


class DeafConsumer(AsyncJsonWebsocketConsumer):
    at_work: asyncio.Task[None] | None = None

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        """Whatever is said: begin. It takes a while, and a handler that waits for it would hear of nothing else."""
        if self.at_work is None or self.at_work.done():
            self.at_work = asyncio.create_task(self.begin())
        else:
            await self.send_json({"error": "one is at work for you"})

    async def disconnect(self, code: int) -> None:
        if self.at_work is not None:
            self.at_work.cancel()

    async def begin(self) -> None:
        if (address := self.scope["server"]) is None:
            await self.send_json({"error": "this server listens on a socket that has no address"})
            return
        try:
            with deaf.admit(visitor_of(self.scope)):
                await self.attack(*address)
        except Full as full:
            await self.send_json({"error": f"{full} are at work: try again in {DEAF_SECONDS} s"})
        except OSError:
            await self.send_json({"error": "the echo did not answer"})

    async def attack(self, host: str, port: int) -> None:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tcp:
            tcp.setblocking(False)
            tcp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # as little room as the kernel allows
            await self.shake_hands(tcp, host, port)
            began = monotonic()
            sent = await send_without_reading(tcp)
            await self.send_json({"sent_kib": sent // 1024, "read_kib": 0})
            ended = await wait_for_the_end(tcp, began + DEAF_SECONDS)
            await self.send_json(
                {"the_server": "has ended TCP" if ended else "waits", "after_ms": round((monotonic() - began) * 1000)}
            )

    async def shake_hands(self, tcp: socket.socket, host: str, port: int) -> None:
        loop = asyncio.get_running_loop()
        headers = {name: value.decode("latin-1") for name, value in self.scope["headers"]}
        request = HANDSHAKE.format(host=headers[b"host"], origin=headers[b"origin"], key=KEY)
        await loop.sock_connect(tcp, (host, port))
        await loop.sock_sendall(tcp, request.encode())
        await loop.sock_recv(tcp, 1024)  # 101, and from then on not a byte


async def send_without_reading(tcp: socket.socket) -> int:
    """How many bytes the server took in a second: one that waits with reading takes no more."""
    loop, sent = asyncio.get_running_loop(), 0
    with suppress(TimeoutError, ConnectionError):
        async with asyncio.timeout(1):
            for _ in range(DEAF_MESSAGES):
                await loop.sock_sendall(tcp, MESSAGE)
                sent += len(MESSAGE)
    return sent


async def wait_for_the_end(tcp: socket.socket, until: float) -> bool:
    """Whether the server ends the connection. Who does not read is told of it by what comes of the next byte sent."""
    while monotonic() < until:
        await asyncio.sleep(DEAF_LOOK_SECONDS)
        try:
            tcp.send(PING)
        except BlockingIOError:
            pass  # the server does not read, either, for as long as it waits
        except ConnectionError:
            return True
    return False
