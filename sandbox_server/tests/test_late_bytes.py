"""Whoever has been told the end and goes on sending is read for a little longer, and then no more."""

from __future__ import annotations

import pytest

from sandbox_server.limits import BODY_BYTES
from sandbox_server.tests.test_promises import Serve
from sandbox_server.tests.undisturbed import undisturbed
from testing.raw_client import TEXT, RawClient, frame

MUCH = bytes(64 * 1024 * 1024)
"""Far more than what the kernel keeps for two sockets."""
FLOOD = frame(TEXT, bytes(32 * 1024)) * 2048


@pytest.mark.parametrize(
    ("path", "mistake", "code"),
    [("/ws/echo/", frame(TEXT, b"unmasked", masked=False), 1002), ("/ws/life/accept-then-close/", b"", 4001)],
    ids=["after a mistake", "after the consumer's close"],
)
def test_a_flood_after_the_close_frame_is_not_read(serve_with: Serve, path: str, mistake: bytes, code: int) -> None:
    """What the kernel takes is all that goes; the close frame was sent, and arrives."""
    server = serve_with()
    with undisturbed(server), RawClient(server.url, path) as client:
        client.send(mistake)
        assert client.receive_close()[0] == code
        assert client.send_until_blocked(FLOOD) < len(FLOOD)


def test_a_body_that_goes_on_after_its_refusal_is_not_read(serve_with: Serve) -> None:
    """The same over HTTP: 413 arrives, and the rest stays with the client."""
    server = serve_with(SANDBOX_LINGER_SECONDS=60)
    announced = str(BODY_BYTES + len(MUCH))
    with undisturbed(server), RawClient(server.url, "/notes/", Content_Length=announced) as client:
        assert client.response.status == 413
        assert client.send_until_blocked(MUCH) < len(MUCH)
