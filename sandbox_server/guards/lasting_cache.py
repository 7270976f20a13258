"""A cache in memory that forgets nothing before its time, whoever else fills it.

Django's own keeps 300 entries and then throws some away, expired or not: with 300 tickets of their own, anybody could
make a used one good again. Several processes share another one: guards/shared_lasting_cache.py.
"""

from __future__ import annotations

import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache


class CacheFull(Exception):
    """Nothing that it holds has expired."""


class LastingCache(LocMemCache):
    """Django's, of one process, where MAX_ENTRIES bounds what is added and never what is there."""

    _cache: dict[str, Any]
    _expire_info: dict[str, float | None]
    _max_entries: int

    def _cull(self) -> None:
        """Make room of what has expired. Django calls this before it would grow too large."""
        now = time.time()
        for key in [key for key, until in self._expire_info.items() if until is not None and until <= now]:
            del self._cache[key], self._expire_info[key]
        if len(self._cache) >= self._max_entries:
            raise CacheFull

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """False, too, if there is no room: to whoever adds what may be there once only, that is the safe answer."""
        try:
            return super().add(key, value, timeout, version)
        except CacheFull:
            return False
