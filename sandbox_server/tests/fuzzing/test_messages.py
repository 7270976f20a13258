"""Messages of all kinds to every sandbox: none makes an exception but those that a page shows."""

from __future__ import annotations

from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox_server.tests.fuzzing.messages import messages
from sandbox_server.tests.fuzzing.paths import paths
from sandbox_server.tests.fuzzing.target import Target, send_chopped
from testing.raw_client import CLOSE, RawClient, close

CODES = {1000, 1003, 1008, 1009, 1011, 1012, 1013, *range(3000, 5000)}
"""What a consumer, or the server for it, may close with. A frame that is right is never answered with 1002 or 1007."""


@pytest.fixture(scope="session")
def every_path(project: None, target: Target) -> st.SearchStrategy[str]:
    """To all that is routed to, as `asgi.py` has it."""
    sandboxes = import_module("sandbox_server.sandboxes")
    stream = import_module("sandbox_server.observing.stream")
    return paths([*sandboxes.collect("websocket_urlpatterns"), *stream.websocket_urlpatterns], target.url)


@given(data=st.data(), said=st.lists(messages, max_size=5))
def test_no_message_harms(
    target: Target, every_path: st.SearchStrategy[str], data: st.DataObject, said: list[bytes]
) -> None:
    """The conversation ends in order, and nobody else notices."""
    path = data.draw(every_path)
    with target.unharmed(), RawClient(target.url, path, Cookie="observer=abcdefghijklmnop") as client:
        if client.response.status != 101:
            return
        send_chopped(client.socket, b"".join(said) + close(1000), [])
        while (answer := client.receive()) is not None and answer.opcode != CLOSE:
            assert answer.fin
            if answer.opcode == 1:
                answer.payload.decode()
        if answer is not None and answer.payload:
            assert int.from_bytes(answer.payload[:2], "big") in CODES
