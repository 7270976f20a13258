"""`python -m sandbox_server.tests.clocked …`: the real server, whose clock a test sets back by two days, with SIGUSR1.

It is Python's `time.time()` that goes back: what Daphne, Channels, Django's signatures and the `limits` library go by.
"""

from __future__ import annotations

import signal
import time

real = time.time
behind = 0.0


def set_back(*_: object) -> None:
    global behind
    behind = 2 * 24 * 60 * 60
    print("The clock was set back", flush=True)


time.time = lambda: real() - behind
signal.signal(signal.SIGUSR1, set_back)

from sandbox_server.__main__ import main  # noqa: E402

main()
