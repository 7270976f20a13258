"""Failures of PostgreSQL, with a server of their own that has few places."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from typing import Any

from django.db import OperationalError, connections
from django.db.backends.postgresql.base import DatabaseWrapper

from failures.kit import python, running
from testing.own_postgres import Postgres
from testing.program import wait_until

PLACES = 6
RESERVED = 2
ADMINISTRATOR, READER = "sandbox", "shop"


@cache
def _port() -> int:
    """The port of a PostgreSQL with few places."""
    settings = (f"max_connections={PLACES}", f"superuser_reserved_connections={RESERVED}", "max_wal_senders=0")
    postgres = Postgres(*settings, trusts=True)
    running.callback(postgres.remove)
    with _administrator(postgres.port) as cursor:
        cursor.execute(f"CREATE ROLE {READER} LOGIN")
    return postgres.port


def _connection(user: str = READER, port: int = 0, **settings) -> DatabaseWrapper:
    """What a thread has of Django, not yet connected."""
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "127.0.0.1",
        "PORT": port or _port(),
        "NAME": "postgres",
        "USER": user,
    }
    return DatabaseWrapper(connections.configure_settings({"default": database | settings})["default"], "default")


@contextmanager
def _administrator(port: int = 0) -> Iterator[Any]:
    """A cursor, and its place is free again afterwards."""
    with closing(_connection(ADMINISTRATOR, port)) as connection, connection.cursor() as cursor:
        yield cursor


def _fill(user: str) -> None:
    """Take places until there is none; what is then said is raised."""
    taken = []
    try:
        for _ in range(PLACES + 1):
            taken.append(_connection(user))
            taken[-1].ensure_connection()
    finally:
        for connection in taken:
            connection.close()
        wait_until(_is_empty, "free places")  # PostgreSQL hears of an end a little later


def _is_empty() -> bool:
    """Whether nobody has a place but who asks."""
    try:
        with _administrator() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")
            return cursor.fetchone()[0] == 1
    except OperationalError:
        return False


def too_many_clients():
    """The administrator's places are gone as well."""
    _fill(ADMINISTRATOR)


def only_reserved_places():
    _fill(READER)


def too_many_for_role():
    with _administrator() as cursor:
        cursor.execute(f"ALTER ROLE {READER} CONNECTION LIMIT 0")
        try:
            _connection().ensure_connection()
        finally:
            cursor.execute(f"ALTER ROLE {READER} CONNECTION LIMIT -1")


REQUESTS = """
import asyncio, gc, sys
from django.conf import settings

database = {"ENGINE": "django.db.backends.postgresql", "HOST": "127.0.0.1", "PORT": sys.argv[1], "NAME": "postgres"}
settings.configure(
    ALLOWED_HOSTS=["example.org"],
    DATABASES={"default": database | {"USER": "shop", "CONN_MAX_AGE": 60}},
    DEBUG_PROPAGATE_EXCEPTIONS=True,
    ROOT_URLCONF=__name__,
    SECRET_KEY="not-secret",
)
from django.core.asgi import get_asgi_application
from django.db import connection
from django.http import HttpResponse
from django.urls import path

from failures.over_http import get

application = get_asgi_application()


def view(request):
    connection.cursor().execute("SELECT 1")
    return HttpResponse()


urlpatterns = [path("", view)]


async def one_after_the_other():
    for _ in range(20):
        await get(application, "/")


gc.disable()  # it would close some, sooner or later
asyncio.run(one_after_the_other())
"""


def requests_with_max_age():
    """One visitor, who waits for each answer: more requests than there are places."""
    return python(f"import sys; sys.argv.append('{_port()}'){REQUESTS}")


def pool_is_empty():
    pool = {"min_size": 1, "max_size": 1, "timeout": 0.2}
    keeps, waits = (_connection(OPTIONS={"pool": pool}) for _ in range(2))
    keeps.ensure_connection()
    try:
        waits.ensure_connection()
    finally:
        keeps.close()
        keeps.close_pool()


def pool_and_max_age():
    _connection(OPTIONS={"pool": True}, CONN_MAX_AGE=60).ensure_connection()


def _end(connection: DatabaseWrapper) -> None:
    """As an administrator does, or a restart."""
    with _administrator() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [connection.connection.info.backend_pid])


def _is_there(pid: int) -> bool:
    with _administrator() as cursor:
        cursor.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", [pid])
        return cursor.fetchone() is not None


def _ask_twice(connection: DatabaseWrapper) -> None:
    """What is said the first time, and from then on."""
    for _ in range(2):
        try:
            connection.cursor().execute("SELECT 1")
        except Exception as error:
            print(f"{type(error).__name__}: {error}")
    connection.close_if_unusable_or_obsolete()
    connection.cursor().execute("SELECT 1")  # and now it goes through
    connection.close()


def ended_by_administrator():
    connection = _connection()
    connection.ensure_connection()
    _end(connection)
    _ask_twice(connection)


def ended_when_idle():
    connection = _connection()
    connection.cursor().execute("SET idle_session_timeout = 50")
    pid = connection.connection.info.backend_pid
    wait_until(lambda: not _is_there(pid), "the end of a session that says nothing")
    _ask_twice(connection)
