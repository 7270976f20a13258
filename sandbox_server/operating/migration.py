"""Brings the database up to date at the start. Of several processes that start together one does, the others wait."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection

LOCK = "SELECT pg_advisory_lock(hashtext('sandbox_server: migrate'))"
"""PostgreSQL's locks for what applications like have numbers for names."""


def migrate() -> None:
    """The lock goes with the connection. SQLite has none: of two processes that start there together, one may fail."""
    try:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(LOCK)
        call_command("migrate", verbosity=0)
    finally:
        connection.close()
