"""The caches that forget nothing before their time: in memory, and in the database."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from secrets import token_hex
from typing import Any

import pytest
from django.core.cache.backends.base import BaseCache

Later = Callable[[int], None]


@pytest.fixture(params=["in memory", "in the database"])
def cache(request: pytest.FixtureRequest, tables: None) -> BaseCache:
    """Of four entries, and of this test's own."""
    from django.core.management import call_command

    from sandbox_server.guards.lasting_cache import LastingCache
    from sandbox_server.guards.shared_lasting_cache import SharedLastingCache

    name, bounds = f"cache_{token_hex(8)}", {"OPTIONS": {"MAX_ENTRIES": 4}}
    if request.param == "in memory":
        return LastingCache(name, bounds)
    call_command("createcachetable", name, verbosity=0)
    return SharedLastingCache(name, bounds)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Sets the clock forward by so many seconds."""
    from django.core.cache.backends import db

    def forward(seconds: int) -> None:
        now, then = time.time(), db.tz_now()  # type: ignore[attr-defined]
        monkeypatch.setattr(time, "time", lambda: now + seconds)
        monkeypatch.setattr(db, "tz_now", lambda: then + timedelta(seconds=seconds))

    return forward


def added(cache: Any, *names: str) -> list[bool]:
    return [cache.add(name, "used", 30) for name in names]


def test_what_is_there_stays_however_much_is_added(cache: BaseCache) -> None:
    """Where there is no room left, nothing is added, and whoever asks is told so."""
    took = added(cache, *(f"ticket-{number}" for number in range(9)))
    assert took[:4] == [True] * 4
    assert took[-4:] == [False] * 4
    assert added(cache, "ticket-0") == [False]
    assert cache.get("ticket-0") == "used"


def test_what_has_expired_makes_room(cache: BaseCache, later: Later) -> None:
    """And only that."""
    cache.add("lasting", "used", 300)
    added(cache, *(f"ticket-{number}" for number in range(8)))
    later(32)
    took = added(cache, *(f"later-{number}" for number in range(8)))
    assert took[:3] == [True] * 3
    assert took[-3:] == [False] * 3
    assert cache.get("lasting") == "used"
