"""So many at once, and then so many a second."""

from time import monotonic


class Budget:
    """A bucket of `burst` tokens that fills up again at a steady rate."""

    def __init__(self, per_second: float, burst: int) -> None:
        self.per_second = per_second
        self.burst = burst
        self.left = float(burst)
        self.counted_at = monotonic()

    def spend(self) -> bool:
        """Take a token; False if there is none."""
        now = monotonic()
        self.left = min(self.burst, self.left + (now - self.counted_at) * self.per_second)
        self.counted_at = now
        if self.left < 1:
            return False
        self.left -= 1
        return True
