"""Left alone, a socket in a group stays open: for longer than any time-out in what was copied.

`make newest` waits IDLE_SECONDS=75, longer than nginx's 60 s, and Daphne's 20 s of silence before a ping and 30 s for
its answer. Without it the tests wait just longer than the 5 s for which redis-py 8 waits by itself.
"""

from __future__ import annotations

import os
from contextlib import ExitStack

import pytest
from websockets.exceptions import ConnectionClosed

from handed_out.nginx import in_front_of
from handed_out.reader import Reader
from handed_out.tests.clients import PATIENCE_SECONDS, enter

IDLE_SECONDS = float(os.environ.get("IDLE_SECONDS", "8"))
LAYERS = ["in_memory", "redis", "redis_pubsub"]


@pytest.mark.long
@pytest.mark.parametrize("layer", LAYERS)
def test_a_member_who_says_and_hears_nothing_stays(reader: Reader, redis: str, layer: str) -> None:
    """Both at the server itself and behind nginx; afterwards each hears the other."""
    reader.choose_layer(layer, redis)
    with ExitStack() as stack:
        server = stack.enter_context(reader.serve())
        nginx = stack.enter_context(in_front_of(server, reader))
        alice, bob = (stack.enter_context(enter(program)) for program in (server, nginx))
        with pytest.raises(TimeoutError):
            alice.recv(IDLE_SECONDS)
        alice.send("still here?")
        assert bob.recv(PATIENCE_SECONDS) == alice.recv(PATIENCE_SECONDS) == "still here?"


@pytest.mark.long
def test_without_the_printed_none_silence_ends_with_1011(reader: Reader, redis: str) -> None:
    """What the page says of it. When this fails, redis-py or channels_redis has mended it: the page may drop it."""
    reader.choose_layer("redis", redis)
    settings = (reader.folder / "mysite/settings.py").read_text()
    reader.write("mysite/settings.py", settings.replace(', "socket_timeout": None', ""))
    with reader.serve() as server, enter(server) as alice, enter(server) as bob:
        for socket in (alice, bob):
            with pytest.raises(ConnectionClosed) as closed:
                socket.recv(PATIENCE_SECONDS)
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1011
        server.wait_until_it_says("redis.exceptions.TimeoutError: Timeout reading from 127.0.0.1:")
