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

from sandbox_server.guards.admission import Admission, Full, visitor_of
from sandbox_server.limits import (
    RAW_BYTES,
    RAW_CLIENTS,
    RAW_CLIENTS_PER_VISITOR,
    RAW_FIRST_SECONDS,
    RAW_KEY_CHARACTERS,
    RAW_ORDER_CHARACTERS,
    RAW_QUIET_SECONDS,
    RAW_SECONDS,
)

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

readers = Admission("readers", total=RAW_CLIENTS, per_visitor=RAW_CLIENTS_PER_VISITOR)


def read_order(text: str | None) -> tuple[str, bytes | None]:
    """A key for the handshake, and what to send after it; ValueError says what is wrong with the order."""
    try:
        order = json.loads(text if text and len(text) <= RAW_ORDER_CHARACTERS else "")
        match order:
            case {"key": str(key)} if len(key) <= RAW_KEY_CHARACTERS and key.isascii() and key.isprintable():
                return key, None
            case {"bytes": str(digits)} if len(data := bytes.fromhex(digits)) <= RAW_BYTES:
                return b64encode(urandom(16)).decode(), data
    except (ValueError, RecursionError):
        pass
    raise ValueError(
        f'send {{"bytes": "81 85 ..."}}, at most {RAW_BYTES} bytes in hexadecimal, '
        f'or {{"key": "..."}}, at most {RAW_KEY_CHARACTERS} characters of ASCII'
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
        received, then, patience = b"", "silence", RAW_FIRST_SECONDS
        with suppress(TimeoutError):
            try:
                while piece := await asyncio.wait_for(reader.read(RAW_BYTES), patience):
                    received, patience = received + piece, RAW_QUIET_SECONDS
                then = "end of TCP"
            except ConnectionError:
                then = "reset of TCP"
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
        headers = {name: value.decode("latin-1") for name, value in self.scope["headers"]}
        request = HANDSHAKE.format(host=headers[b"host"], origin=headers[b"origin"], key=key)
        if (address := self.scope["server"]) is None:
            return {"error": "this server listens on a socket that has no address"}
        try:
            with readers.admit(visitor_of(self.scope)):
                async with asyncio.timeout(RAW_SECONDS):
                    return await talk(*address, request, data)
        except Full as full:
            return {"error": f"{full} are trying this at the moment: try again in a second"}
        except (OSError, EOFError):  # TimeoutError is an OSError
            return {"error": f"the echo did not answer within {RAW_SECONDS:g} seconds"}


websocket_urlpatterns = [path("ws/raw/", RawBytesConsumer.as_asgi())]
