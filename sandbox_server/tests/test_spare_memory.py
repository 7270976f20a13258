"""What a flood made the process hold goes back to the system once it is over."""

from __future__ import annotations

import platform
from contextlib import ExitStack, suppress

import pytest

from sandbox_server.tests.test_promises import Serve
from sandbox_server.tests.undisturbed import resident_mib
from testing.program import wait_until
from testing.raw_client import BINARY, RawClient, frame

MESSAGES = frame(BINARY, bytes(16 * 1024)) * 128
CLIENTS = 80
FLOOD_MIB = 40


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries give nothing back when asked")
def test_most_of_the_memory_that_a_flood_took_comes_back(serve_with: Serve) -> None:
    """Clients fill all that may wait for them, and are gone."""
    server = serve_with(SANDBOX_SPARE_MEMORY_SECONDS=0.5, SANDBOX_STALLED_SECONDS=60)
    before = resident_mib(server)
    with ExitStack() as held:
        for _ in range(CLIENTS):
            client = held.enter_context(RawClient(server.url, "/ws/echo/", buffer=4096))
            client.socket.setblocking(False)
            with suppress(BlockingIOError):
                client.send(MESSAGES)
        wait_until(lambda: resident_mib(server) > before + FLOOD_MIB, "a flood that is felt")
        most = resident_mib(server)
    wait_until(lambda: resident_mib(server) < (before + most) / 2, f"less than half of {most - before:.0f} MiB")
