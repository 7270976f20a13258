"""One connection to an application in the tests' own process: what is said to it, and what it says."""

from __future__ import annotations

import asyncio
from typing import Any

SECONDS = 120
CONNECT = {"type": "websocket.connect"}
DISCONNECT = {"type": "websocket.disconnect", "code": 1000}


def text(words: str) -> dict[str, Any]:
    return {"type": "websocket.receive", "text": words}


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
