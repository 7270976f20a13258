"""The cache that forgets nothing before its time."""

from __future__ import annotations

import time
from secrets import token_hex

import pytest

from sandbox_server.guards.lasting_cache import LastingCache


@pytest.fixture
def cache(project: None) -> LastingCache:
    """Of four entries, and of this test's own."""
    return LastingCache(token_hex(8), {"OPTIONS": {"MAX_ENTRIES": 4}})


def test_what_is_there_stays_however_much_is_added(cache: LastingCache) -> None:
    """Where there is no room left, nothing is added, and whoever asks is told so."""
    assert [cache.add(f"ticket-{number}", "used", 30) for number in range(9)] == [True] * 4 + [False] * 5
    assert not cache.add("ticket-0", "used", 30)
    assert cache.get("ticket-0") == "used"


def test_what_has_expired_makes_room(cache: LastingCache, monkeypatch: pytest.MonkeyPatch) -> None:
    """And only that."""
    cache.add("lasting", "used", 300)
    for number in range(3):
        cache.add(f"ticket-{number}", "used", 30)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 31)
    assert [cache.add(f"later-{number}", "used", 30) for number in range(4)] == [True] * 3 + [False]
    assert cache.get("lasting") == "used"
