"""What the tests of consumers need: both ways to run one, a connection to it, and a thread that counts its jobs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from channels.consumer import AsyncConsumer
from channels.sessions import SessionMiddlewareStack
from django.urls import path

from sandbox_server.consumer_mixins.lean_dispatch import LeanDispatch
from sandbox_server.consumer_mixins.subclassing import subclass_consumers

SECONDS = 10
CONNECT = {"type": "websocket.connect"}
DISCONNECT = {"type": "websocket.disconnect", "code": 1000}

Fitting = Callable[[type[AsyncConsumer]], Any]
Scenario = Callable[[], Coroutine[Any, Any, None]]


def text(words: str) -> dict[str, Any]:
    return {"type": "websocket.receive", "text": words}


def plain(consumer: type[AsyncConsumer]) -> Any:
    return consumer.as_asgi()


def lean(consumer: type[AsyncConsumer]) -> Any:
    return subclass_consumers([path("", consumer.as_asgi())], LeanDispatch)[0].callback  # type: ignore[arg-type]


both = pytest.mark.parametrize("fitted", [plain, lean])


class Conversation:
    """One connection: what is said to the consumer, and what it says."""

    def __init__(self, application: Any, **scope: Any) -> None:
        self.said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        scope = {"type": "websocket", **scope}
        self.ended = asyncio.ensure_future(application(scope, self.said.get, self.heard.put))

    def say(self, *messages: dict[str, Any]) -> None:
        for message in messages:
            self.said.put_nowait(message)

    async def hear(self) -> Any:
        """The next text; whatever ends the application instead is raised."""
        while True:
            next_one = asyncio.ensure_future(self.heard.get())
            await asyncio.wait([next_one, self.ended], return_when=asyncio.FIRST_COMPLETED, timeout=SECONDS)
            if not next_one.done():
                next_one.cancel()
                self.ended.result()
                raise AssertionError("the consumer ended without a word")
            if (message := next_one.result())["type"] == "websocket.send":
                return message["text"]

    async def ask(self, words: str) -> Any:
        self.say(text(words))
        return await self.hear()

    async def finish(self) -> None:
        self.say(DISCONNECT)
        await asyncio.wait_for(self.ended, SECONDS)


def open_(application: Any, **scope: Any) -> Conversation:
    conversation = Conversation(application, **scope)
    conversation.say(CONNECT)
    return conversation


class CountingThread(ThreadPoolExecutor):
    """A thread that says how many jobs it was given."""

    jobs = 0

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        self.jobs += 1
        return super().submit(*args, **kwargs)

    def run(self, job: Callable[[], Any]) -> Any:
        """Run something after all that was asked so far, uncounted."""
        return super().submit(job).result(SECONDS)


def open_with_session(application: Any) -> Conversation:
    stack: Any = SessionMiddlewareStack(application)

    async def with_headers(scope: Any, receive: Any, send: Any) -> None:
        await stack({**scope, "headers": []}, receive, send)

    return open_(with_headers)
