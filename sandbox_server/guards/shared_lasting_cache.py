"""As guards/lasting_cache.py, for several processes: a ticket or a token that is used up at one is so at all of them.

In the database, which they share. A cache in Redis would be away with it, and Redis is asked to forget when it is full.
"""

from __future__ import annotations

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import close_old_connections, connections

from sandbox_server.guards.lasting_cache import CacheFull


class SharedLastingCache(DatabaseCache):
    """Django's, in a table of the database. Consumers and middleware may ask it: a connection that the database has
    ended in the meantime is not used again.
    """

    _table: str
    _max_entries: int

    def _cull(self, db: str, cursor: Any, now: Any, num: int) -> None:
        """Make room of what has expired. Django's would go on to throw away what has not expired."""
        operations = connections[db].ops
        table, expires = operations.quote_name(self._table), operations.quote_name("expires")
        cursor.execute(f"DELETE FROM {table} WHERE {expires} < %s", [operations.adapt_datetimefield_value(now)])
        if num - cursor.rowcount > self._max_entries:
            raise CacheFull

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """False, too, if there is no room."""
        close_old_connections()
        try:
            return super().add(key, value, timeout, version)
        except CacheFull:
            return False

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        close_old_connections()
        return super().get(key, default, version)
