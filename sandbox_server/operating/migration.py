"""Brings the database up to date at the start. Of several processes that start together one does, the others wait."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection

LOCK = 101
"""PostgreSQL's name for the lock, among those that applications give to what they like."""


def migrate() -> None:
    """The lock goes with the connection. SQLite has none: of two processes that start there together, one may fail."""
    try:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        call_command("migrate", verbosity=0)
    finally:
        connection.close()
