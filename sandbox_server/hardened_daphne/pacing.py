"""How fast one visitor's connections are taken up: so many at once, then so many a second. The others wait, unread.

A refusal costs the server as much as an answer, about a millisecond: whoever is refused and comes back at once, on 200
sockets, has it refuse eight hundred times a second, and everybody else waits behind that. What waits here costs a file
and a timer. It is answered in its turn, with the same words; TCP holds what it says until then.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from sandbox_server.limits import (
    CONNECTION_WAIT_SECONDS,
    HANDSHAKES_PER_MINUTE,
    REQUESTS_PER_MINUTE,
    REQUESTS_PER_VISITOR,
)
from sandbox_server.tally import tally


class Pace:
    """A token bucket a visitor whose tokens can be waited for: the virtual scheduling form of ITU-T I.371's GCRA.

    A connection carries a handshake or a request: they come as fast as a visitor may make both, and as many at once as
    a visitor may have requests that run. Each of those at once delays everybody else by what it takes.
    """

    def __init__(
        self,
        per_second: float = (HANDSHAKES_PER_MINUTE + REQUESTS_PER_MINUTE) / 60,
        burst: int = REQUESTS_PER_VISITOR,
        longest: float = CONNECTION_WAIT_SECONDS,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.interval, self.tolerance, self.longest, self.clock = 1 / per_second, burst / per_second, longest, clock
        self.due: dict[str, float] = {}
        """When each visitor's next connection would come if all came evenly. The one that is longest ago is first."""

    def seconds_to_wait(self, visitor: str) -> float | None:
        """Until this connection's turn; None if that is too long, and it is not to be kept."""
        now = self.clock()
        self.forget(now)
        due = max(self.due.get(visitor, now), now) + self.interval
        wait = max(0.0, due - self.tolerance - now)
        if wait > self.longest:
            tally.limit_hit("connections")
            return None
        self.due.pop(visitor, None)
        self.due[visitor] = due
        return wait

    def forget(self, now: float) -> None:
        """Whoever is due is as good as new. One at the front who is not yet due keeps some of these a little longer."""
        while self.due and self.due[first := next(iter(self.due))] <= now:
            del self.due[first]
