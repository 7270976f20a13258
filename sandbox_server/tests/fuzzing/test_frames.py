"""Frames, chopped at will: the server answers as RFC 6455 says, worked out once more in frames.py."""

from __future__ import annotations

import struct

from hypothesis import example, given
from hypothesis import strategies as st

from sandbox_server.tests.fuzzing.frames import Sent, read, sequences
from sandbox_server.tests.fuzzing.target import Target, read_to_the_end, send_chopped
from testing.raw_client import BINARY, CLOSE, PING, PONG, TEXT, RawClient, close

OBSERVED = f"?observe={'o' * 22}.7"
cuts = st.lists(st.integers(0, 1 << 18), max_size=8)


@given(sequence=sequences, cuts=cuts, observed=st.booleans())
@example(sequence=[Sent(TEXT, b"\xc5", fin=False), Sent(PING, b"between"), Sent(0, b"\x99")], cuts=[7], observed=True)
@example(sequence=[Sent(TEXT, b"a"), Sent(CLOSE, b"\x03\xe8"), Sent(TEXT, b"after")], cuts=[], observed=False)
@example(sequence=[Sent(BINARY, b"x" * 65536)] * 4, cuts=[1, 2, 65540], observed=True)
def test_frames_are_answered_as_the_rfc_says(
    target: Target, sequence: list[Sent], cuts: list[int], observed: bool
) -> None:
    """Each ping by its pong, each message by its echo, the first mistake by a close code that it calls for."""
    expected = read(sequence)
    path = f"/ws/echo/{OBSERVED if observed else ''}"
    with target.unharmed(), RawClient(target.url, path, Cookie="observer=abcdefghijklmnop") as client:
        send_chopped(client.socket, b"".join(sent.wire for sent in sequence), cuts)
        echoes: list[tuple[int, bytes]] = []
        pongs: list[bytes] = []

        def take() -> int:
            """The next frame; the opcode of one that ends the connection."""
            answer = client.receive()
            assert answer is not None, "TCP ended without a close frame"
            assert answer.fin
            if answer.opcode == PONG:
                pongs.append(answer.payload)
            elif answer.opcode in (TEXT, BINARY):
                echoes.append((answer.opcode, answer.payload))
            else:
                assert answer.opcode == CLOSE
                code = struct.unpack("!H", answer.payload[:2])[0] if answer.payload else None
                assert code in closes
            return answer.opcode

        closes = expected.closes
        if not closes:  # it is still open: all must come
            while len(echoes) < len(expected.echoes) or len(pongs) < len(expected.pongs):
                assert take() != CLOSE
            client.send(close(1000))
            closes = {1000}
        while take() != CLOSE:
            pass
        assert client.rest() == b""
    assert pongs == expected.pongs
    assert echoes == expected.echoes[: len(echoes)]


@given(data=st.binary(max_size=400), cuts=cuts)
def test_bytes_that_are_no_frames_end_in_order(target: Target, data: bytes, cuts: list[int]) -> None:
    """Whatever they are; those that only announce a frame wait for it, until the client hangs up."""
    with target.unharmed(), RawClient(target.url, "/ws/echo/") as client:
        send_chopped(client.socket, data, cuts)
        with_end = data + bytes(8) + close(1000)
        send_chopped(client.socket, with_end[len(data) :], [])
        client.socket.shutdown(1)
        read_to_the_end(client.socket)
