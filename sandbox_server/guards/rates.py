"""So many in a minute for each visitor, counted by the `limits` library: in this process, or in Redis for all of them.

While Redis is away, each process counts for itself: nobody is kept out, and nobody let in without bound, for its sake.
"""

from __future__ import annotations

import time
from math import ceil

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter
from limits.errors import StorageError

from sandbox_server.limits import REDIS_COUNT_SECONDS
from sandbox_server.tally import tally


class Rates:
    """Counts what visitors do. A minute begins with the first that a visitor does."""

    def __init__(self, redis_url: str = "") -> None:
        here = FixedWindowRateLimiter(MemoryStorage())
        self.limiters = [here]
        if redis_url:
            shared = RedisStorage(
                f"async+{redis_url}",
                implementation="redispy",
                wrap_exceptions=True,
                socket_timeout=REDIS_COUNT_SECONDS,
                socket_connect_timeout=REDIS_COUNT_SECONDS,
            )
            self.limiters.insert(0, FixedWindowRateLimiter(shared))

    async def seconds_to_wait(self, what: str, per_minute: int, visitor: str) -> int:
        """Count one more; 0, or how long until there may be another."""
        item = RateLimitItemPerMinute(per_minute, namespace="sandbox")
        *shared, here = self.limiters
        for limiter in shared:
            try:
                return await count(limiter, item, what, visitor)
            except StorageError:
                pass
        return await count(here, item, what, visitor)


async def count(limiter: FixedWindowRateLimiter, item: RateLimitItemPerMinute, what: str, visitor: str) -> int:
    if await limiter.hit(item, what, visitor):
        return 0
    stats = await limiter.get_window_stats(item, what, visitor)
    seconds = max(1, ceil(stats.reset_time - time.time()))
    if seconds > item.get_expiry():  # the clock was set back, and this minute would last until it is there again
        await limiter.clear(item, what, visitor)
        return await count(limiter, item, what, visitor)
    tally.limit_hit(f"{what} a minute")
    return seconds
