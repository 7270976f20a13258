"""Heads of requests and handshakes, chopped at will: each is answered, and none with a 500."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from sandbox_server.tests.fuzzing.heads import heads
from sandbox_server.tests.fuzzing.target import Target, connection_to, read_to_the_end, send_chopped

LAST = b"GET /names/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
"""A request after which the server ends TCP, wherever it has got to: on an open WebSocket these bytes are no frame."""

STATUS = re.compile(rb"^HTTP/1\.[01] (\d{3}) ", re.MULTILINE)


@given(head=heads(), cuts=st.lists(st.integers(0, 2000), max_size=4))
@example(head=b"GET /ws/echo/ HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nUpgrade: x\r\n\r\n", cuts=[])
@example(head=b"", cuts=[])
def test_no_head_is_answered_with_a_500(target: Target, head: bytes, cuts: list[int]) -> None:
    """Nor with a traceback, nor with silence."""
    with target.unharmed():
        with connection_to(target.url) as connection:
            send_chopped(connection, head + b"\r\n\r\n", cuts)
            answer = connection.recv(65536)  # before it, a client has nothing to send (RFC 6455, 4.1)
            send_chopped(connection, LAST, [])
            answer += read_to_the_end(connection)
        statuses = [int(status) for status in STATUS.findall(answer)]
        assert statuses, answer
        assert all(status < 500 or status == 505 for status in statuses), answer
