"""The token bucket, on a clock that the test turns."""

from __future__ import annotations

from time import monotonic

from sandbox_server.token_bucket import TokenBucket


class Clock:
    """Stands still until it is turned."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def taken(bucket: TokenBucket) -> int:
    """How many tokens there are, by taking them all."""
    count = 0
    while bucket.take():
        count += 1
    return count


def test_a_full_bucket_holds_a_burst_and_no_more() -> None:
    """And an empty one stays empty while no time passes."""
    bucket = TokenBucket(per_second=10, burst=3, clock=Clock())
    assert [bucket.take() for _ in range(5)] == [True, True, True, False, False]


def test_tokens_come_back_at_the_rate() -> None:
    """A part of one is kept, and whole with the next part; asking in vain takes nothing."""
    clock = Clock()
    bucket = TokenBucket(per_second=2, burst=3, clock=clock)
    taken(bucket)
    for is_there in (False, False, False, True, False):
        clock.now += 0.125
        assert bucket.take() is is_there
    clock.now += 0.375
    assert taken(bucket) == 1
    clock.now += 1
    assert taken(bucket) == 2


def test_it_overflows() -> None:
    """However long nobody takes one."""
    clock = Clock()
    bucket = TokenBucket(per_second=10, burst=3, clock=clock)
    clock.now += 3600
    assert taken(bucket) == 3
    clock.now += 3600
    assert taken(bucket) == 3


def test_a_steady_taker_within_the_rate_is_never_refused() -> None:
    """Eight a second for a minute."""
    clock = Clock()
    bucket = TokenBucket(per_second=8, burst=1, clock=clock)
    for _ in range(480):
        assert bucket.take()
        clock.now += 0.125


def test_without_a_clock_of_its_own_it_has_the_one_that_never_jumps() -> None:
    """A wall clock that is set back would refuse everybody until it is where it was."""
    assert TokenBucket(per_second=1, burst=1).clock is monotonic
