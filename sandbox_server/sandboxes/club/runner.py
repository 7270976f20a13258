"""A WebSocket that runs tests, one after the other, and says how each went: what pytest does, in a few lines."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from traceback import extract_tb, walk_tb
from types import ModuleType

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.urls import path

from sandbox_server.guards.admission import Admission, Full, visitor_of
from sandbox_server.limits import TEST_RUNS, TEST_RUNS_PER_VISITOR

from . import tests, wrong

runs = Admission("test runs", total=TEST_RUNS, per_visitor=TEST_RUNS_PER_VISITOR)
in_turn = asyncio.Lock()
"""A communicator patches Channels while it waits. Two runs at once would undo that in disorder."""

Test = Callable[[], Awaitable[None]]
DATA = (str, int, dict, list, tuple, type(None))


class RunTests(AsyncJsonWebsocketConsumer):
    async def connect(self) -> None:
        await self.accept()
        try:
            with runs.admit(visitor_of(self.scope)):
                async with in_turn:
                    await self.run(chosen(self.scope["url_route"]["kwargs"].get("name")))
        except Full as full:
            await self.send_json({"error": f"{full} are waiting: try again in a second"})
        await self.close()

    async def run(self, found: dict[str, Test]) -> None:
        """As `pytest -x` does: it ends with the first test that fails, whose exception leaves this consumer."""
        if not found:
            await self.send_json({"error": "no test has that name"})
        for name, test in found.items():
            try:
                await test()
            except BaseException as error:
                if (task := asyncio.current_task()) and task.cancelling():
                    raise  # it is this run that was cancelled
                await self.send_json({"failed": name, "error": told(error), "at": place_of(error), **values_in(error)})
                if isinstance(error, Exception):
                    raise
                raise RuntimeError(told(error)) from error  # or it would seem to be this run
            await self.send_json({"passed": name})


def chosen(name: str | None) -> dict[str, Test]:
    """All of tests.py; or the one of that name, which may be in wrong.py; or none."""
    if name is None:
        return tests_in(tests)
    found = tests_in(tests) | tests_in(wrong)
    return {name: found[name]} if name in found else {}


def tests_in(module: ModuleType) -> dict[str, Test]:
    return {name: test for name, test in vars(module).items() if name.startswith("test_")}


def told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".removesuffix(": ")


def place_of(error: BaseException) -> str:
    """The innermost line of this folder's code that the error went through."""
    here = str(Path(__file__).parent)
    lines = [frame.line for frame in extract_tb(error.__traceback__) if frame.filename.startswith(here)]
    return lines[-1] or "" if lines else ""


def values_in(error: BaseException) -> dict[str, dict[str, str]]:
    """What the names in an `assert` that failed stood for, if it is data."""
    if not isinstance(error, AssertionError):
        return {}
    *_, (frame, _) = walk_tb(error.__traceback__)
    names = re.findall(r"\b[a-z_]\w*", place_of(error))
    data = {name: value for name, value in frame.f_locals.items() if name in names and isinstance(value, DATA)}
    return {"values": {name: repr(value) for name, value in data.items()}}


websocket_urlpatterns = [
    path("ws/tests/", RunTests.as_asgi()),
    path("ws/tests/<slug:name>/", RunTests.as_asgi()),
]
