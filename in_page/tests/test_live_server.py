"""Channels' communicators without its live server, which is the one thing of `channels.testing` that needs Daphne."""

from __future__ import annotations

import sys

import pytest

from in_page import live_server


def test_communicators_are_channels_own_and_a_live_server_says_why_there_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Importing them imports neither Daphne nor a reactor; a class made of the live server is refused in a sentence."""
    for name in [name for name in sys.modules if name.startswith(("channels.testing", "daphne"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "channels.testing.live", None)
    live_server.install()
    from channels import testing

    assert testing.WebsocketCommunicator.__module__ == "channels.testing.websocket"
    assert not [name for name in sys.modules if name.startswith("daphne")]
    with pytest.raises(RuntimeError, match="a page cannot start one"):
        type("Live", (testing.ChannelsLiveServerTestCase,), {})
