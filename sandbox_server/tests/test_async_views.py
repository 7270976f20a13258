"""Async views: what their transcripts do not show of what is left behind, and of what is asked for in vain."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings

from sandbox_server import limits

SOMEBODY = "192.0.2.1"
pytestmark = pytest.mark.usefixtures("project")


async def ask(application: Any, path: str, query: bytes = b"") -> Any:
    """What somebody is answered, by one of the applications in front of Django."""
    sent: list[dict[str, Any]] = []

    async def send(event: dict[str, Any]) -> None:
        sent.append(event)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": query, "client": [SOMEBODY, 1]}
    await application({**scope, "headers": [(b"host", b"localhost")]}, None, send)
    return json.loads(sent[1]["body"])


def test_each_django_is_made_with_settings_that_are_put_back() -> None:
    """The site's own middleware and log are as they were, and so is DEBUG."""
    from sandbox_server.sandboxes.async_views.djangos import logged

    logger = logging.getLogger("django.request")
    assert sum(map(len, logged.values())) == 3
    assert not settings.DEBUG
    assert "django.middleware.csrf.CsrfViewMiddleware" in settings.MIDDLEWARE
    assert (logger.level, logger.propagate) == (logging.NOTSET, True)
    assert not [handler for handler in logger.handlers if type(handler).__name__ == "Lines"]


@pytest.mark.parametrize("django", ["bare", "either", "sync-only", "between", "hooks"])
def test_a_crowd_is_counted_and_its_place_given_back(django: str) -> None:
    """Threads wait where a middleware is sync, and nowhere else."""
    from sandbox_server.sandboxes.async_views.crowd import crowd
    from sandbox_server.sandboxes.async_views.djangos import djangos
    from sandbox_server.sandboxes.async_views.witness import admission

    waiting = 5 if django in ("sync-only", "between") else 0
    answer = asyncio.run(ask(crowd(djangos[django]), f"/async-views/{django}/crowd/"))
    assert answer == {"requests": 5, "threads_that_wait": waiting}
    assert not admission.inside


@pytest.mark.parametrize(
    ("whose", "places", "told"),
    [
        ("", limits.ASYNC_VIEWS, "20 calls are running: try again in a second"),
        (SOMEBODY, limits.ASYNC_VIEWS_PER_VISITOR, "10 calls from your address are running: try again in a second"),
    ],
)
def test_one_call_too_many_is_told_so(whose: str, places: int, told: str) -> None:
    """Whether the places are others', or the visitor's own; of a crowd as of a single call."""
    from sandbox_server.sandboxes.async_views.crowd import crowd
    from sandbox_server.sandboxes.async_views.witness import admission, witness

    with ExitStack() as taken:
        for number in range(places):
            taken.enter_context(admission.admit(whose or f"visitor {number}"))
        for application in (witness(None), crowd(None)):
            assert asyncio.run(ask(application, "/async-views/bare/async/")) == {"error": told}


@pytest.mark.parametrize("django", ["bare", "wsgi"])
def test_a_view_of_a_crowd_is_not_there_without_one(django: str) -> None:
    """It would wait for others who never come."""
    from sandbox_server.sandboxes.async_views.djangos import djangos
    from sandbox_server.sandboxes.async_views.witness import witness

    assert asyncio.run(ask(witness(djangos[django]), f"/async-views/{django}/meet/")) == ["the answer is sent: 404"]


def test_no_task_is_held_once_it_is_over() -> None:
    """Whether it has ended, failed or been cancelled with its event loop."""
    from sandbox_server.sandboxes.async_views.djangos import djangos
    from sandbox_server.sandboxes.async_views.outliving import running
    from sandbox_server.sandboxes.async_views.witness import witness

    for django, view in (("bare", "works"), ("bare", "fails"), ("wsgi", "works"), ("bare", "paid")):
        lines = asyncio.run(ask(witness(djangos[django]), f"/async-views/{django}/{view}/", b"leave"))
        assert "the task is over" in lines
    assert not running
