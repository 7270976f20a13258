"""A frame is read off the bytes that the library wrote."""

from __future__ import annotations

import pytest
from websockets.frames import Frame, Opcode

from contract.events import Frame as Seen
from in_page.wire import frame_event
from sandbox_server.limits import OBSERVED_PAYLOAD_BYTES


@pytest.mark.parametrize("mask", [True, False])
@pytest.mark.parametrize("length", [0, 1, 125, 126, 65535, 65536])
def test_a_frame_is_seen_field_by_field(length: int, mask: bool) -> None:
    """Whatever the width of its length; its payload without the mask, and no more of it than is passed on."""
    payload = bytes(number % 251 for number in range(length))
    seen = frame_event("in", Frame(Opcode.BINARY, payload, fin=True).serialize(mask=mask))
    assert (seen.fin, seen.rsv, seen.opcode, seen.length) == (True, 0, 2, length)
    assert (seen.mask is not None) == mask
    assert bytes.fromhex(seen.payload) == payload[:OBSERVED_PAYLOAD_BYTES]
    assert seen.cut == (length > OBSERVED_PAYLOAD_BYTES)


def test_the_bits_of_the_first_byte_are_told_apart() -> None:
    """FIN, the reserved ones, and the opcode."""
    assert frame_event("out", bytes([0b0101_1001, 0])) == Seen("out", False, 0b101, 9, None, 0, "", False)
