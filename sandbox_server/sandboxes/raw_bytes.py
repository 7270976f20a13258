"""A WebSocket client so small that it sends whatever bytes it is given: to this server's own echo, and nowhere else.

No browser and no library sends a frame that breaks the protocol. This does, and tells what came back.
"""

import asyncio
import json
from base64 import b64encode
from contextlib import suppress
from os import urandom
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.urls import path

MOST_BYTES = 1024
LONGEST_KEY = 100
LONGEST_ORDER = 4 * MOST_BYTES
MOST_AT_ONCE = 20
FIRST_SECONDS = 1.5
QUIET_SECONDS = 0.3
SECONDS = 3.0

HANDSHAKE = """\
GET /ws/echo/ HTTP/1.1\r
Host: {host}\r
Origin: {origin}\r
Upgrade: websocket\r
Connection: Upgrade\r
Sec-WebSocket-Version: 13\r
Sec-WebSocket-Key: {key}\r
\r
"""

at_once = asyncio.Semaphore(MOST_AT_ONCE)


def read_order(text: str | None) -> tuple[str, bytes | None]:
    """A key for the handshake, and what to send after it; ValueError says what is wrong with the order."""
    try:
        order = json.loads(text if text and len(text) <= LONGEST_ORDER else "")
        match order:
            case {"key": str(key)} if len(key) <= LONGEST_KEY and key.isascii() and key.isprintable():
                return key, None
            case {"bytes": str(digits)} if len(data := bytes.fromhex(digits)) <= MOST_BYTES:
                return b64encode(urandom(16)).decode(), data
    except (ValueError, RecursionError):
        pass
    raise ValueError(
        f'send {{"bytes": "81 85 ..."}}, at most {MOST_BYTES} bytes in hexadecimal, '
        f'or {{"key": "..."}}, at most {LONGEST_KEY} characters of ASCII'
    )


async def talk(host: str, port: int, request: str, data: bytes | None) -> dict[str, Any]:
    """Shake hands; if there are bytes, send them and read until the server hangs up or falls silent."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(request.encode())
        response = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        if data is None:
            return {"request": request, "response": response}
        if " 101 " not in response.partition("\r\n")[0]:
            return {"error": f"the handshake was refused: {response}"}
        writer.write(data)
        received, then, patience = b"", "silence", FIRST_SECONDS
        with suppress(TimeoutError, ConnectionError):
            while piece := await asyncio.wait_for(reader.read(MOST_BYTES), patience):
                received, patience = received + piece, QUIET_SECONDS
            then = "end of TCP"
        return {"received": received.hex(" "), "then": then}
    finally:
        writer.close()


class RawBytesConsumer(AsyncWebsocketConsumer):
    """One order at a time. The address is the server's own, not the reader's to choose, and no cookies go along."""

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(json.dumps(await self.carry_out(text_data)))

    async def carry_out(self, text: str | None) -> dict[str, Any]:
        try:
            key, data = read_order(text)
        except ValueError as error:
            return {"error": str(error)}
        if at_once.locked():
            return {"error": f"{MOST_AT_ONCE} readers are trying this at the moment: try again in a second"}
        headers = {name: value.decode("latin-1") for name, value in self.scope["headers"]}
        request = HANDSHAKE.format(host=headers[b"host"], origin=headers[b"origin"], key=key)
        if (address := self.scope["server"]) is None:
            return {"error": "this server listens on a socket that has no address"}
        try:
            async with at_once, asyncio.timeout(SECONDS):
                return await talk(*address, request, data)
        except (OSError, EOFError):  # TimeoutError is an OSError
            return {"error": f"the echo did not answer within {SECONDS:g} seconds"}


websocket_urlpatterns = [path("ws/raw/", RawBytesConsumer.as_asgi())]
