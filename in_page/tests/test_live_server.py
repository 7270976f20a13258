"""Channels' communicators without its live server, which is the one thing of `channels.testing` that needs Daphne."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from in_page import live_server
live_server.install()
from channels import testing
print(testing.WebsocketCommunicator.__module__)
print([name for name in sys.modules if name.startswith("daphne")])
try:
    type("Live", (testing.ChannelsLiveServerTestCase,), {})
except RuntimeError as error:
    print(error)
"""


def test_communicators_are_channels_own_and_a_live_server_says_why_there_is_none() -> None:
    """Importing them imports neither Daphne nor a reactor; a class made of the live server is refused in a sentence."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True, check=True)
    module, imported, refused = done.stdout.splitlines()
    assert module == "channels.testing.websocket"
    assert imported == "[]"
    assert "a page cannot start one" in refused
