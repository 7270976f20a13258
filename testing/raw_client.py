"""A WebSocket client of bare TCP, which can send what no client library would, and sees what really comes."""

from __future__ import annotations

import socket
import struct
from contextlib import suppress
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from urllib.parse import urlsplit

from testing.project import ORIGIN

PATIENCE_SECONDS = 120
BLOCKED_SECONDS = 1
MASK = bytes.fromhex("37fa213d")
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


@dataclass(frozen=True)
class Frame:
    """A frame as it came from the server."""

    opcode: int
    payload: bytes
    fin: bool = True


@dataclass(frozen=True)
class Response:
    """The server's answer to a handshake; `headers` in the order in which they came, names in lower case."""

    status: int
    reason: str
    headers: list[tuple[str, str]]

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]


class RawClient:
    """One TCP connection, and the handshake on it."""

    def __init__(
        self,
        server: str,
        path: str,
        *,
        buffer: int | None = None,
        answered: bool = True,
        source: tuple[str, int] | None = None,
        early: bytes = b"",
        **headers: str,
    ) -> None:
        """Connect, send the handshake and, unless told not to, wait for its answer.

        `buffer` makes the kernel's receive buffer small, so that little can be sent to a client that does not read.
        `source` is an address of this machine to come from, such as another visitor would.
        `early` is sent along with the handshake, for which no client may have a reason.
        """
        address = urlsplit(server)
        self.socket = socket.socket()
        self.socket.settimeout(PATIENCE_SECONDS)
        if buffer is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        if source is not None:
            self.socket.bind(source)
        self.socket.connect((address.hostname, address.port))
        self.stream = self.socket.makefile("rb")
        lines = {
            "Host": address.netloc,
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Origin": ORIGIN,
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self.socket.sendall(f"GET {path} HTTP/1.1\r\n{head}\r\n".encode() + early)
        if answered:
            self.response = self.read_response()

    def __enter__(self) -> RawClient:
        return self

    def __exit__(self, *exception: object) -> None:
        self.stream.close()
        self.socket.close()

    def read_response(self) -> Response:
        _, status, reason = self.stream.readline().decode().rstrip("\r\n").split(" ", 2)
        head = b"".join(iter(self.stream.readline, b"\r\n"))
        headers = BytesHeaderParser().parsebytes(head)
        return Response(int(status), reason, [(name.lower(), value) for name, value in headers.items()])

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def send_until_blocked(self, data: bytes) -> int:
        """Send until the server has taken nothing for a second; how many bytes went."""
        sent = 0
        self.socket.settimeout(BLOCKED_SECONDS)
        with suppress(TimeoutError), memoryview(data) as view:
            while sent < len(data):
                sent += self.socket.send(view[sent : sent + 64 * 1024])
        self.socket.settimeout(PATIENCE_SECONDS)
        return sent

    def receive(self) -> Frame | None:
        """The next frame, or None at the end of the TCP connection, orderly or not."""
        try:
            head = self.stream.read(2)
            if len(head) < 2:
                return None
            length = head[1]
            if length == 126:
                (length,) = struct.unpack("!H", self.stream.read(2))
            elif length == 127:
                (length,) = struct.unpack("!Q", self.stream.read(8))
            return Frame(head[0] & 0x0F, self.stream.read(length), bool(head[0] & 0x80))
        except ConnectionError:
            return None

    def receive_close(self) -> tuple[int | None, str]:
        """The next frame's code and reason, after the data and pongs before it; it must be a close frame."""
        while (frame := self.receive()) is not None and frame.opcode != CLOSE:
            pass
        assert frame is not None, "TCP ended without a close frame"
        code = struct.unpack("!H", frame.payload[:2])[0] if frame.payload else None
        return code, frame.payload[2:].decode()

    def rest(self) -> bytes:
        """Everything until the end of the TCP connection, orderly or not."""
        pieces: list[bytes] = []
        with suppress(ConnectionError):
            pieces.extend(iter(self.stream.read1, b""))
        return b"".join(pieces)


def frame(
    opcode: int,
    payload: bytes = b"",
    *,
    fin: bool = True,
    rsv: int = 0,
    masked: bool = True,
    announced: int | None = None,
) -> bytes:
    """A client's frame; `announced` is the length that its header claims."""
    length = len(payload) if announced is None else announced
    first, mask_bit = fin << 7 | rsv << 4 | opcode, masked << 7
    if length < 126:
        head = bytes([first, mask_bit | length])
    elif length < 1 << 16:
        head = struct.pack("!BBH", first, mask_bit | 126, length)
    else:
        head = struct.pack("!BBQ", first, mask_bit | 127, length)
    return head + MASK + apply_mask(payload) if masked else head + payload


def apply_mask(payload: bytes) -> bytes:
    whole = (MASK * (len(payload) // 4 + 1))[: len(payload)]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(whole, "big")).to_bytes(len(payload), "big")


def text(message: str) -> bytes:
    return frame(TEXT, message.encode())


def close(code: int | None = None, reason: str = "") -> bytes:
    return frame(CLOSE, b"" if code is None else struct.pack("!H", code) + reason.encode())
