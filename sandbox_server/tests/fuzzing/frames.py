"""Sequences of frames, right ones and wrong ones, and what RFC 6455 has a server with an echo answer to them.

The answer is worked out here once more, apart from autobahn, frame by frame: so that what is compared are two readings
of the RFC.
"""

from __future__ import annotations

import codecs
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from sandbox_server.limits import MESSAGE_BYTES
from testing.raw_client import BINARY, CLOSE, PING, TEXT, frame

CONTINUATION = 0
OPCODES = {CONTINUATION, TEXT, BINARY, CLOSE, PING, 10}
SENDABLE = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, *range(3000, 5000)}
"""Close codes that an endpoint may send (RFC 6455, 7.4)."""

REGISTERED_LATER = {1012, 1013, 1014}
"""In IANA's registry, and not in the RFC: answered in kind, or with 1002."""


@dataclass(frozen=True)
class Sent:
    """A client's frame."""

    opcode: int
    payload: bytes = b""
    fin: bool = True
    rsv: int = 0
    masked: bool = True

    @property
    def wire(self) -> bytes:
        return frame(self.opcode, self.payload, fin=self.fin, rsv=self.rsv, masked=self.masked)

    def __repr__(self) -> str:
        """In short: a payload may be long."""
        start = f"{self.payload[:40]!r}, of {len(self.payload)}" if len(self.payload) > 40 else repr(self.payload)
        return f"Sent({self.opcode}, {start}, fin={self.fin}, rsv={self.rsv}, masked={self.masked})"


@dataclass
class Reading:
    """What an endpoint has made of the frames up to now."""

    echoes: list[tuple[int, bytes]] = field(default_factory=list)
    pongs: list[bytes] = field(default_factory=list)
    closes: set[int | None] = field(default_factory=set)
    """Codes with which the server may close; empty while the connection is open. None: a close frame without a code."""

    opcode: int | None = None
    message: bytes = b""
    wrong: bool = False

    def take(self, sent: Sent) -> None:
        if mistakes := self.mistakes(sent):
            self.closes, self.wrong = {*mistakes}, True
        elif sent.opcode == PING:
            self.pongs.append(sent.payload)
        elif sent.opcode == CLOSE:
            code = struct.unpack("!H", sent.payload[:2])[0] if sent.payload else None
            self.closes = {code} | ({1002} if code in REGISTERED_LATER else set())
        elif sent.opcode in (TEXT, BINARY, CONTINUATION):
            self.opcode = sent.opcode or self.opcode
            self.message += sent.payload
            if sent.fin:
                self.echoes.append((self.opcode or 0, self.message))
                self.opcode, self.message = None, b""

    def mistakes(self, sent: Sent) -> set[int]:
        """The codes that its mistakes call for (7.4.1). Of several, an endpoint may notice any first."""
        found = set()
        if sent.rsv or not sent.masked or sent.opcode not in OPCODES:  # 5.2, 5.1
            found.add(1002)
        if sent.opcode >= CLOSE and (not sent.fin or len(sent.payload) > 125):  # 5.5
            found.add(1002)
        if sent.opcode == CONTINUATION and self.opcode is None:  # 5.4
            found.add(1002)
        if sent.opcode in (TEXT, BINARY) and self.opcode is not None:  # 5.4
            found.add(1002)
        if sent.opcode == CLOSE:
            found |= close_mistakes(sent.payload)
        if sent.opcode < CLOSE:
            whole = self.message + sent.payload
            if len(whole) > MESSAGE_BYTES:
                found.add(1009)
            if TEXT in (sent.opcode, self.opcode) and not is_utf8(whole, sent.fin):  # 8.1
                found.add(1007)
        return found


def close_mistakes(payload: bytes) -> set[int]:
    """Of a close frame (5.5.1)."""
    found = set()
    if len(payload) == 1:
        found.add(1002)
    elif payload:
        code = struct.unpack("!H", payload[:2])[0]
        if code not in SENDABLE | REGISTERED_LATER:
            found.add(1002)
        if not is_utf8(payload[2:], final=True):
            found.add(1007)
    return found


def is_utf8(data: bytes, final: bool) -> bool:
    """Whether it is, or may become so, if it is not all there is."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final)
    except UnicodeDecodeError:
        return False
    return True


def read(sequence: Sequence[Sent]) -> Reading:
    """All of it, as far as there is a connection."""
    reading = Reading()
    for sent in sequence:
        if not reading.closes:
            reading.take(sent)
    return reading


SIZES = [0, 1, 124, 125, 126, 127, 128, 65535, MESSAGE_BYTES, MESSAGE_BYTES + 1]
words = st.text(max_size=30).map(str.encode)
broken = st.builds(
    lambda before, bad, after: before + bad + after,
    words,
    st.sampled_from(
        [
            b"\xff",
            b"\xc0\xaf",
            b"\xe0\x80\xaf",
            b"\xed\xa0\x80",
            b"\xf4\x90\x80\x80",
            b"\xf8\x88\x80\x80\x80",
            b"\x80",
            b"\xc5",
        ]
    ),
    words,
)
halves = st.builds(lambda whole, at: whole[: at % (len(whole) + 1)], words, st.integers(0, 40))
long = st.builds(lambda size, byte: bytes([byte]) * size, st.sampled_from(SIZES), st.integers(0, 127))
payloads = words | long | st.binary(max_size=130) | broken | halves
flags = st.booleans()

codes = st.sampled_from(
    [0, 999, 1004, 1005, 1006, 1012, 1015, 1016, 1100, 2000, 2999, 5000, 65535, *sorted(SENDABLE)[:12]]
)
closes = st.builds(
    lambda code, reason: Sent(CLOSE, struct.pack("!H", code) + reason), codes | st.integers(0, 65535), words | broken
)
data = st.builds(Sent, st.sampled_from([TEXT, BINARY]), payloads, flags)
continuations = st.builds(Sent, st.just(CONTINUATION), payloads, flags)
pings = st.builds(Sent, st.sampled_from([PING, 10]), st.binary(max_size=125))
anything = st.builds(Sent, st.integers(0, 15), payloads, flags, st.integers(0, 7) | st.just(0), flags)

sequences = st.lists(
    data | continuations | pings | words.map(lambda payload: Sent(TEXT, payload)) | closes | anything, max_size=12
)
