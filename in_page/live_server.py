"""What stands in for `channels.testing.live`, which `channels.testing` imports: a live server is Daphne in a process of
its own, and here is neither. The communicators beside it need nothing of the kind, and are Channels' own.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

NO_PROCESS = "ChannelsLiveServerTestCase starts a server in a process of its own, and a page cannot start one"


class ChannelsLiveServerTestCase:
    """Can be imported; whoever makes a test of it is told why there is none."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        raise RuntimeError(NO_PROCESS)


def install() -> None:
    """Put this in its place, before anybody imports `channels.testing`."""
    module = ModuleType("channels.testing.live", NO_PROCESS)
    vars(module)[ChannelsLiveServerTestCase.__name__] = ChannelsLiveServerTestCase
    sys.modules[module.__name__] = module
