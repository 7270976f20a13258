"""Notes in which thread a query is asked, and over which connection: for whoever asks for it, and of their own queries.

Two hooks of Django's, with which you can see the same in a project of yours.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count
from threading import current_thread
from typing import Any

from django.db.backends.signals import connection_created

notes: ContextVar[list[dict[str, Any]] | None] = ContextVar("notes", default=None)
numbers = count(1)


def begin(connection: Any, **kwargs: Any) -> None:
    """A connection has been opened: it gets a number. The object `connection` is the thread's, and lasts as long."""
    connection.number = next(numbers)
    if note not in connection.execute_wrappers:
        connection.execute_wrappers.append(note)


def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Runs where the query runs. `sync_to_async` takes context variables along into its thread."""
    if (queries := notes.get()) is not None:
        queries.append({"thread": current_thread().name, "connection": context["connection"].number})
    return execute(sql, params, many, context)


connection_created.connect(begin)


@contextmanager
def witnessed() -> Iterator[list[dict[str, Any]]]:
    """The queries of this block."""
    queries: list[dict[str, Any]] = []
    token = notes.set(queries)
    try:
        yield queries
    finally:
        notes.reset(token)


class Compared:
    """Numbers mean nothing to a reader: of each connection it says whether it is the one of the query before."""

    def __init__(self) -> None:
        self.last: int | None = None

    def __call__(self, queries: list[dict[str, Any]]) -> list[dict[str, str]]:
        return [{"thread": query["thread"], "connection": self.word(query["connection"])} for query in queries]

    def word(self, number: int) -> str:
        last, self.last = self.last, number
        return "the first" if last is None else "the same" if last == number else "another"
