"""How many messages a visitor may send in a second, on one connection and on all of theirs together.

Whoever sends more is warned by a message, `{"kind": "error", "error": …}`, and heard out for a few more. Then the
connection closes with 4429, and its reason says when to come back. `"listen": False` in that event is an extension of
this site's server: it reads nothing more of the connection, which would cost it as much as before.
"""

from __future__ import annotations

import json
from typing import Any
from weakref import WeakValueDictionary

from sandbox_server.guards.admission import visitor_of
from sandbox_server.limits import (
    BURST_MESSAGES,
    BURST_MESSAGES_OF_VISITOR,
    MESSAGES_AFTER_WARNING,
    MESSAGES_PER_SECOND,
    MESSAGES_PER_SECOND_OF_VISITOR,
    MESSAGES_RETRY_SECONDS,
)
from sandbox_server.tally import tally
from sandbox_server.token_bucket import TokenBucket

TOO_MANY = 4429
"""As HTTP's 429: of the codes from 4000 to 4999 the meaning is the application's own."""


class Messages:
    """ASGI middleware around what takes messages."""

    def __init__(self, application: Any) -> None:
        self.application = application
        self.visitors: WeakValueDictionary[str, TokenBucket] = WeakValueDictionary()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            receive = Counted(self.bucket_of(visitor_of(scope)), receive, send)
        await self.application(scope, receive, send)

    def bucket_of(self, visitor: str) -> TokenBucket:
        """One for all connections of a visitor, for as long as there is any."""
        new = TokenBucket(MESSAGES_PER_SECOND_OF_VISITOR, BURST_MESSAGES_OF_VISITOR)
        return self.visitors.setdefault(visitor, new)


class Counted:
    """An application's `receive` that counts."""

    def __init__(self, visitor: TokenBucket, receive: Any, send: Any) -> None:
        self.receive, self.send = receive, send
        self.budgets = [
            (TokenBucket(MESSAGES_PER_SECOND, BURST_MESSAGES), f"{MESSAGES_PER_SECOND:g} messages a second"),
            (visitor, f"{MESSAGES_PER_SECOND_OF_VISITOR:g} messages a second from your address"),
        ]
        self.patience = MESSAGES_AFTER_WARNING
        self.warned = False

    async def __call__(self) -> Any:
        event = await self.receive()
        if event["type"] != "websocket.receive":
            return event
        over = next((words for budget, words in self.budgets if not budget.take()), "")
        if not over:
            if self.warned and self.budgets[0][0].tokens >= BURST_MESSAGES - 1:  # it has been quiet for a while
                self.patience, self.warned = MESSAGES_AFTER_WARNING, False
            return event
        tally.limit_hit("messages")
        if not self.warned:
            self.warned = True
            await self.tell(f"at most {over}: slow down, or this connection will be closed")
        self.patience -= 1
        return event if self.patience > 0 else await self.close(over)

    async def tell(self, words: str) -> None:
        await self.send({"type": "websocket.send", "text": json.dumps({"kind": "error", "error": words})})

    async def close(self, over: str) -> Any:
        """Close, and hear nothing more but the end, which is passed on."""
        again = f"try again in {MESSAGES_RETRY_SECONDS} s"
        await self.tell(f"more than {over}: {again}")
        await self.send({"type": "websocket.close", "code": TOO_MANY, "reason": again, "listen": False})
        while (event := await self.receive())["type"] != "websocket.disconnect":
            pass
        return event
