"""A frame as it crosses, read off its bytes for whoever observes the connection."""

from __future__ import annotations

from contract.events import Frame, Way
from sandbox_server.limits import OBSERVED_PAYLOAD_BYTES

LENGTHS = {126: 2, 127: 8}
"""Where the length does not fit into seven bits, these say how many bytes that follow hold it (RFC 6455, 5.2)."""


def frame_event(way: Way, data: bytes) -> Frame:
    """One whole frame, field by field, its payload without the mask."""
    first, second = data[0], data[1]
    length, at = second & 0x7F, 2
    if width := LENGTHS.get(length):
        length, at = int.from_bytes(data[at : at + width]), at + width
    mask = data[at : at + 4] if second & 0x80 else b""
    payload = data[at + len(mask) :]
    seen = payload[:OBSERVED_PAYLOAD_BYTES]
    if mask:
        seen = bytes(byte ^ mask[number % 4] for number, byte in enumerate(seen))
    return Frame(
        way=way,
        fin=bool(first & 0x80),
        rsv=first >> 4 & 0x7,
        opcode=first & 0xF,
        mask=mask.hex() or None,
        length=length,
        payload=seen.hex(),
        cut=len(payload) > OBSERVED_PAYLOAD_BYTES,
    )
