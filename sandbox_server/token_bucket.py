"""A rate limit with room for bursts: the token bucket."""

from collections.abc import Callable
from time import monotonic


class TokenBucket:
    """Holds `burst` tokens at most; what was taken comes back at a steady rate of `per_second`."""

    def __init__(self, per_second: float, burst: int, clock: Callable[[], float] = monotonic) -> None:
        self.per_second = per_second
        self.burst = burst
        self.clock = clock
        self.tokens = float(burst)
        self.refilled_at = clock()

    def take(self) -> bool:
        """Take a token; False if there is none."""
        now = self.clock()
        self.tokens = min(self.burst, self.tokens + (now - self.refilled_at) * self.per_second)
        self.refilled_at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True
